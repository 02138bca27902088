// What a run shows beyond its own columns.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { parseJson } from '../../kernel/json.ts';
import { flag } from '../../kernel/query.ts';
import { derived, type Values } from '../../kernel/resource.ts';
import { newestValues, type Entry } from '../run_metadata/metadata.ts';

const asked = (ctx: Context, name: string): boolean => {
  const given = ctx.asked?.[name];
  return flag(name, typeof given === 'string' ? given : given?.at(-1), false);
};

const withoutPackages = (ctx: Context, { python_packages, ...rest }: Values): Values =>
  asked(ctx, 'include_python_packages') && python_packages !== undefined ? { ...rest, python_packages } : rest;

/** The environment of the client that started the run; the list of its packages only where it is asked for. */
export const clientEnvironment = derived(
  async (ctx, rows) => {
    const found = await sql<{
      id: string;
      document: string;
    }>`select r.id, s.client_environment as document from pipeline_run as r join pipeline_snapshot as s on s.id = r.snapshot_id
    where r.id in (${sql.join(rows.map((row) => row.id))})`.execute(ctx.db);
    return new Map(found.rows.map((row) => [row.id, withoutPackages(ctx, parseJson(row.document) as Values)]));
  },
  { empty: {}, tier: 'metadata' },
);

/** The environment in which the orchestrator ran, in the same way. */
export const orchestratorEnvironment = derived(
  async (ctx, rows) => new Map(rows.map((row) => [row.id, withoutPackages(ctx, (row as Values)['orchestrator_environment'] ?? {})])),
  { empty: {}, tier: 'metadata' },
);

/** The artifact versions that the run named as its own outputs, by name. */
export const outputsOf = derived(
  async (ctx, rows) => {
    const found =
      await sql<Values>`select pipeline_run_id, name, artifact_version_id from run_output where pipeline_run_id in (${sql.join(rows.map((row) => row.id))}) order by name`.execute(
        ctx.db,
      );
    const versions = await byIds(ctx, ctx.registry.get('artifact_version'), [...new Set(found.rows.map((row) => row['artifact_version_id'] as string))]);
    return new Map(
      rows.map((row) => [
        row.id,
        Object.fromEntries(
          found.rows.filter((output) => output['pipeline_run_id'] === row.id).map((output) => [output['name'], versions.get(output['artifact_version_id']) ?? null]),
        ),
      ]),
    );
  },
  { empty: {} },
);

/** With `include_full_metadata`, the values of a run's steps as `step::key`. */
export const stepMetadata = async (ctx: Context, run_ids: readonly string[]): Promise<readonly Entry[]> => {
  if (!asked(ctx, 'include_full_metadata') || run_ids.length === 0) return [];
  const steps = (
    await sql<{
      id: string;
      name: string;
      pipeline_run_id: string;
    }>`select id, name, pipeline_run_id from step_run where pipeline_run_id in (${sql.join(run_ids)}) order by version`.execute(ctx.db)
  ).rows;
  const of = new Map(steps.map((step) => [step.id, step]));
  return (await newestValues(ctx, 'step_run', [...of.keys()])).map((entry) => {
    const step = of.get(entry.owner)!;
    return { owner: step.pipeline_run_id, key: `${step.name}::${entry.key}`, value: entry.value };
  });
};
