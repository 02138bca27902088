// A run as a graph: steps, the artifacts between them, and steps that have not begun.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { parseJson } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

interface Node {
  readonly node_id: string;
  readonly type: string;
  readonly id: string | null;
  readonly name: string;
  readonly metadata: Values;
}
interface Edge {
  readonly source: string;
  readonly target: string;
  readonly metadata: Values;
}
type Link = Readonly<Record<'step_run_id' | 'name' | 'artifact_version_id', string>> & { readonly artifact_type: string | null };

/** Artifact versions that the caller may not read are there, as in the steps, but what they are is not told. */
const artifacts = (ctx: Context, table: string, run_id: string) => sql<Link>`select l.step_run_id, l.name, l.artifact_version_id,
  case when ${visible(ctx, ctx.registry.get('artifact_version'), 'read', 'v')} then v.type end as artifact_type from ${sql.table(table)} as l
  join step_run as s on s.id = l.step_run_id join artifact_version as v on v.id = l.artifact_version_id where s.pipeline_run_id = ${run_id} and s.status <> 'retried' order by l.step_run_id, l.name, l.place`;

/** The steps that a step waits for: by the plan, or in a dynamic pipeline by what it said when it began. */
const waitsFor = (step: Values | undefined, planned: string | undefined): readonly string[] =>
  planned === undefined ? (((parseJson(step?.['spec'] ?? '{}') as Values)['upstream_steps'] as readonly string[] | undefined) ?? []) : (parseJson(planned) as string[]);

const seconds = (step: Values): number | undefined =>
  step['start_time'] && step['end_time'] ? (Date.parse(`${step['end_time']}Z`) - Date.parse(`${step['start_time']}Z`)) / 1000 : undefined;

/** The graph of a run that the caller may read. A step is joined to those it waits for by what they made for it, or directly. */
export const dagOf = async (ctx: Context, run: Values): Promise<Values> => {
  const steps = (
    await sql<Values>`select id, name, status, start_time, end_time, version, type, spec from step_run where pipeline_run_id = ${run['id']} and status <> 'retried' order by created, id`.execute(
      ctx.db,
    )
  ).rows;
  const planned = (
    await sql<{ name: string; upstream: string }>`select name, upstream from step_configuration where snapshot_id = ${run['snapshot_id']} order by place`.execute(ctx.db)
  ).rows;
  const outputs = (await artifacts(ctx, 'step_output', run['id']).execute(ctx.db)).rows;
  const inputs = (await artifacts(ctx, 'step_input', run['id']).execute(ctx.db)).rows;
  const begun = new Map(steps.map((step) => [step['name'] as string, step]));
  const nodeOf = (step_name: string) => `step:${step_name}`;
  const byId = new Map(steps.map((step) => [step['id'] as string, nodeOf(step['name'])]));
  const nodes: Node[] = steps.map((step) => ({
    node_id: nodeOf(step['name']),
    type: 'step',
    id: step['id'],
    name: step['name'],
    metadata: {
      status: step['status'],
      start_time: step['start_time'],
      end_time: step['end_time'],
      ...(seconds(step) === undefined ? {} : { duration: seconds(step) }),
      version: Number(step['version']),
      ...(step['type'] ? { step_type: step['type'] } : {}),
    },
  }));
  nodes.push(...planned.filter((step) => !begun.has(step.name)).map((step) => ({ node_id: nodeOf(step.name), type: 'step', id: null, name: step.name, metadata: {} })));
  const seen = new Map([...inputs, ...outputs].map((link) => [link.artifact_version_id, link]));
  nodes.push(
    ...[...seen.values()].map((link) => ({
      node_id: `artifact:${link.artifact_version_id}`,
      type: 'artifact',
      id: link.artifact_version_id,
      name: link.name,
      metadata: link.artifact_type === null ? {} : { type: link.artifact_type },
    })),
  );
  const plan = new Map(planned.map((step) => [step.name, step.upstream]));
  const makers = new Map(outputs.map((link) => [link.artifact_version_id, byId.get(link.step_run_id)!]));
  const joined = new Set(inputs.map((link) => `${makers.get(link.artifact_version_id)} ${byId.get(link.step_run_id)}`));
  const edges: Edge[] = [
    ...outputs.map((link) => ({ source: byId.get(link.step_run_id)!, target: `artifact:${link.artifact_version_id}`, metadata: { output_name: link.name } })),
    ...inputs.map((link) => ({ source: `artifact:${link.artifact_version_id}`, target: byId.get(link.step_run_id)!, metadata: { input_name: link.name } })),
    ...[...new Set([...begun.keys(), ...plan.keys()])].flatMap((name) =>
      waitsFor(begun.get(name), plan.get(name))
        .filter((before) => !joined.has(`${nodeOf(before)} ${nodeOf(name)}`) && (begun.has(before) || plan.has(before)))
        .map((before) => ({ source: nodeOf(before), target: nodeOf(name), metadata: {} })),
    ),
  ];
  return { id: run['id'], status: run['status'], nodes, edges };
};
