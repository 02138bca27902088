// The newest version of an artifact or model that the caller may read. Versions are judged by what they are versions of; those of
// private runs are not.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { derived } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

/** Relations and sort for the newest version in `table`, whose column `by` names what it is a version of; `more` names further columns to show of it. */
export const latestVersion = (table: string, by: string, name: string, more: Readonly<Record<string, string>> = {}) => {
  const shown = (ctx: Context) =>
    ctx.registry.get(table).fields['private_run_id'] === undefined ? sql`` : sql`and (v.private_run_id is null or ${visible(ctx, ctx.registry.get(table), 'read', 'v')})`;
  const newest = (ctx: Context, t: string, column: string) =>
    sql`(select ${sql.ref(`v.${column}`)} from ${sql.table(table)} as v where ${sql.ref(`v.${by}`)} = ${sql.ref(`${t}.id`)} ${shown(ctx)} order by v.created desc, v.id desc limit 1)`;
  const pick = (column: string) =>
    derived(
      async (ctx, rows) => {
        const of = by === 'artifact_id' ? 'artifact' : 'model';
        const found = await sql<{
          id: string;
          value: string | null;
        }>`select p.id, ${newest(ctx, 'p', column)} as value from ${sql.table(of)} as p where p.id in (${sql.join(rows.map((row) => row.id))})`.execute(ctx.db);
        return new Map(found.rows.map((row) => [row.id, row.value]));
      },
      { empty: null },
    );
  return {
    relations: { latest_version_name: pick(name), latest_version_id: pick('id'), ...Object.fromEntries(Object.entries(more).map(([as, column]) => [as, pick(column)])) },
    sorts: { latest_version: (t: string, ctx: Context) => newest(ctx, t, 'created') },
  };
};
