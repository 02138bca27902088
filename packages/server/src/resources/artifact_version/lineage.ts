// Where an artifact version comes from and where it goes: of each, what the caller may read.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { action, onRow, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { artifactVersion } from './artifact_version.ts';

/** Of each kind at most so many are told, the newest. */
const MOST = 100;

type Link = Readonly<Record<'run_id' | 'step_id' | 'step_name' | 'name', string>> & { readonly cached: number };
type Shown = Awaited<ReturnType<typeof byIds>>;
const many = (ctx: Context, type: string, ids: readonly string[]): Promise<Shown> => byIds(ctx, ctx.registry.get(type), [...new Set(ids)]);

/** Steps of readable runs that are tied to the version, newest first. */
const steps = async (ctx: Context, table: 'step_input' | 'step_output', id: string): Promise<readonly Link[]> =>
  (
    await sql<Link>`select r.id as run_id, s.id as step_id, s.name as step_name, l.name as name, case when s.original_step_run_id is null then 0 else 1 end as cached
    from ${sql.table(table)} as l join step_run as s on s.id = l.step_run_id join pipeline_run as r on r.id = s.pipeline_run_id
    where l.artifact_version_id = ${id} and ${visible(ctx, ctx.registry.get('run'), 'read', 'r')} order by s.created desc, s.id desc limit ${MOST}`.execute(ctx.db)
  ).rows;

const byRun = (links: readonly Link[], runs: Shown): Values[] =>
  [...new Set(links.map((link) => link.run_id))].map((id) => ({
    run: runs.get(id),
    steps: links.filter((link) => link.run_id === id).map((link) => ({ id: link.step_id, name: link.step_name, as: link.name, cached: Number(link.cached) === 1 })),
  }));

/** The versions that a step read, as far as the caller may read them. */
const readBy = async (ctx: Context, step_id: string): Promise<readonly string[]> =>
  (
    await sql<{ id: string }>`select distinct v.id from step_input as i join artifact_version as v on v.id = i.artifact_version_id
    where i.step_run_id = ${step_id} and ${visible(ctx, artifactVersion, 'read', 'v')} limit ${MOST}`.execute(ctx.db)
  ).rows.map((row) => row.id);

const models = async (ctx: Context, id: string): Promise<readonly string[]> =>
  (
    await sql<{ id: string }>`select v.id from model_version_artifact as l join model_version as v on v.id = l.model_version_id
    where l.artifact_version_id = ${id} and ${visible(ctx, ctx.registry.get('model_version'), 'read', 'v')} order by v.created desc, v.id desc limit ${MOST}`.execute(
      ctx.db,
    )
  ).rows.map((row) => row.id);

export const lineage = action(artifactVersion, {
  name: 'lineage',
  method: 'GET',
  path: '/{id}/lineage',
  needs: onRow('read'),
  writes: false,
  description: 'The run that made a version and what it read, the runs that read the version, and the model versions that hold it.',
  run: async (ctx, { row }) => {
    const made = await steps(ctx, 'step_output', row.id);
    const used = await steps(ctx, 'step_input', row.id);
    const producer = made.find((link) => Number(link.cached) === 0);
    const sources = producer === undefined ? [] : await readBy(ctx, producer.step_id);
    const held = await models(ctx, row.id);
    const runs = await many(
      ctx,
      'run',
      [...made, ...used].map((link) => link.run_id),
    );
    const again = made.filter((link) => link !== producer && Number(link.cached) === 1);
    return {
      body: {
        producer: producer === undefined ? null : byRun([producer], runs)[0],
        sources: [...(await many(ctx, 'artifact_version', sources)).values()],
        reused: byRun(again, runs),
        consumers: byRun(used, runs),
        model_versions: [...(await many(ctx, 'model_version', held)).values()],
      },
    };
  },
});
