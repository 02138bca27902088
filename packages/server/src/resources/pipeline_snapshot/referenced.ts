// What keeps a snapshot: as long as something names it, it stays, with a name or without.
import { sql, type RawBuilder } from 'kysely';
import { quietly, type Context } from '../../kernel/context.ts';
import { must } from '../../kernel/find.ts';
import type { Alias } from '../../kernel/field.ts';
import { visible } from '../../kernel/visible.ts';
import { forget } from '../tag/taggable.ts';

/** Columns of other tables that name a snapshot. */
const NAMED_BY: readonly (readonly [table: string, column: string])[] = [
  ['pipeline_run', 'snapshot_id'],
  ['step_run', 'snapshot_id'],
  ['deployment', 'snapshot_id'],
  ['run_template', 'source_snapshot_id'],
  ['trigger_snapshot', 'snapshot_id'],
  ['pipeline_snapshot', 'source_snapshot_id'],
];

/** In SQL: something names the snapshot, or it was made for a schedule or by a template. */
const isReferenced = (t: Alias): RawBuilder<unknown> =>
  sql`(${sql.ref(`${t}.schedule_id`)} is not null or ${sql.ref(`${t}.template_id`)} is not null or ${sql.join(
    NAMED_BY.map(([table, column]) => sql`exists (select 1 from ${sql.table(table)} as x where ${sql.ref(`x.${column}`)} = ${sql.ref(`${t}.id`)})`),
    sql` or `,
  )})`;

const removeAll = async (ctx: Context, ids: readonly string[]): Promise<void> => {
  for (const id of ids) await forget(ctx, 'pipeline_snapshot', id);
  if (ids.length > 0) await ctx.db.deleteFrom('pipeline_snapshot').where('id', 'in', ids).execute();
};

/** Triggers start snapshots that have a name: one that loses it is started by none. */
export const dropTriggers = (ctx: Context, id: string) =>
  sql`delete from trigger_snapshot where snapshot_id in (select ps.id from pipeline_snapshot as ps where ps.id = ${id} or ps.source_snapshot_id = ${id})`.execute(ctx.db);

/** Takes the name off a snapshot. One that nothing needs goes altogether, where the caller may remove it. */
export const letGo = async (ctx: Context, id: string): Promise<void> => {
  const snapshots = ctx.registry.get('pipeline_snapshot');
  const { rows } = await sql`select 1 from pipeline_snapshot as t where t.id = ${id} and not ${isReferenced('t')} and ${visible(ctx, snapshots, 'delete', 't')}`.execute(
    ctx.db,
  );
  if (rows.length > 0) return removeAll(quietly(ctx), [id]);
  await dropTriggers(ctx, id);
  await ctx.db.updateTable('pipeline_snapshot').set({ name: null, updated: ctx.now }).where('id', '=', id).execute();
};

const AT_ONCE = 250;
/**
 * Counts, or with `apply` removes, the snapshots of a project that have no name, were made before a moment, and that nothing names, as far as the
 * caller may remove them. What only a removed one named goes with it. Throws NotFound for a project that he cannot see.
 */
export const pruneSnapshots = async (ctx: Context, project: string, before: string, apply: boolean): Promise<number> => {
  const { id } = await must(ctx, ctx.registry.get('project'), project, 'read', ['id']);
  const eligible = sql`pipeline_snapshot as t where t.project_id = ${id} and t.name is null and t.created < ${before} and not ${isReferenced('t')}
    and ${visible(ctx, ctx.registry.get('pipeline_snapshot'), 'delete', 't')}`;
  if (!apply) return Number((await sql<{ n: number }>`select count(*) as n from ${eligible}`.execute(ctx.db)).rows[0]!.n);
  for (let removed = 0; ;) {
    const { rows } = await sql<{ id: string }>`select t.id from ${eligible} order by t.id limit ${AT_ONCE}`.execute(ctx.db);
    if (rows.length === 0) return removed;
    await removeAll(
      ctx,
      rows.map((row) => row.id),
    );
    removed += rows.length;
  }
};
