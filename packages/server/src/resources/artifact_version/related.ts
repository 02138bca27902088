// What an artifact version shows beyond its own columns: who made it, and how it can be looked at.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { derived, type Values } from '../../kernel/resource.ts';

const cache = new WeakMap<readonly unknown[], Promise<readonly Values[]>>();
/** The step that really made each version of a page; cached steps only list it again. */
const producers = (ctx: Context, rows: readonly { readonly id: string }[]): Promise<readonly Values[]> => {
  const load = async () =>
    (
      await sql<Values>`select o.artifact_version_id as owner, s.id, s.pipeline_run_id from step_output as o join step_run as s on s.id = o.step_run_id
    where o.artifact_version_id in (${sql.join(rows.map((row) => row.id))}) and s.original_step_run_id is null order by s.created desc, s.id desc`.execute(ctx.db)
    ).rows;
  const known = cache.get(rows) ?? load();
  cache.set(rows, known);
  return known;
};
const pick = (column: string) => derived(async (ctx, rows) => new Map((await producers(ctx, rows)).map((row) => [row['owner'] as string, row[column]])), { empty: null });
export const producerStep = pick('id');
export const producerRun = pick('pipeline_run_id');

/** The visualizations of each version, as envelopes without routes of their own. */
export const visualizationsOf = derived(
  async (ctx, rows) => {
    const found = (
      await sql<Values>`select id, created, updated, artifact_version_id, type, uri from artifact_visualization where artifact_version_id in (${sql.join(rows.map((row) => row.id))}) order by created, id`.execute(
        ctx.db,
      )
    ).rows;
    const shown = (row: Values) => ({
      id: row['id'],
      permission_denied: false,
      body: { created: row['created'], updated: row['updated'], type: row['type'], uri: row['uri'] },
      metadata: null,
      resources: null,
    });
    return new Map(rows.map((row) => [row.id, found.filter((one) => one['artifact_version_id'] === row.id).map(shown)]));
  },
  { empty: [], tier: 'metadata' },
);
