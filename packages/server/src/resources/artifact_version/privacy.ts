// How the versions of a private run stay as private as the run. The request that makes one does not name its run (wire.md 15.1).
import { sql } from 'kysely';
import { covers } from '../../kernel/actor.ts';
import type { Context } from '../../kernel/context.ts';
import type { Access, Values } from '../../kernel/resource.ts';

/** A version of a private run is its maker's too, also when the run is gone. */
export const ofMaker: NonNullable<Access['also']> = (ctx, action, t) =>
  ctx.actor.id === '' || (ctx.actor.limit !== null && !covers(ctx.actor.limit, `artifact:${action}`))
    ? []
    : [{ text: 'made it in a private run', where: sql`(${sql.ref(`${t}.private_run_id`)} is not null and ${sql.ref(`${t}.user_id`)} = ${ctx.actor.id})` }];

/**
 * The private run to which a new version may belong: one of the caller's that is under way. Until a step says whose output it is, the
 * version is closed for the sake of that run; the step's word then counts (settlePrivacy). Null where no private run is under way.
 */
export const privateRunOf = async (ctx: Context, project_id: string): Promise<string | null> => {
  if (ctx.actor.id === '') return null;
  const run = await ctx.db
    .selectFrom('pipeline_run')
    .select('id')
    .where('project_id', '=', project_id)
    .where('user_id', '=', ctx.actor.id)
    .where('private', '=', 1)
    .where('in_progress', '=', 1)
    .orderBy('created', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (run?.['id'] as string | undefined) ?? null;
};

/**
 * A step says which versions it produced: now it is known whose they are. Those of a private run are closed with it, others opened.
 * That counts for what the caller made and no other step has listed: of all else it is known already, and not his to say.
 * An artifact all of whose versions are closed, and which is the caller's own, becomes private itself: its name tells of them.
 */
export const settlePrivacy = async (ctx: Context, step: Values, listed: readonly string[]): Promise<void> => {
  if (listed.length === 0) return;
  const { rows } = await sql<{ id: string }>`select v.id from artifact_version as v where v.id in (${sql.join(listed)}) and v.user_id = ${ctx.actor.id} and not exists (
      select 1 from step_output as o where o.artifact_version_id = v.id and o.step_run_id <> ${step['id']})`.execute(ctx.db);
  const version_ids = rows.map((row) => row.id);
  if (version_ids.length === 0) return;
  const run_id = step['pipeline_run_id'] as string;
  const run = (await ctx.db.selectFrom('pipeline_run').select(['private', 'user_id']).where('id', '=', run_id).executeTakeFirst()) as Values | undefined;
  const closed = Number(run?.['private']) === 1;
  const versions = ctx.db.updateTable('artifact_version').where('id', 'in', version_ids);
  // What another private run of the caller had claimed for the time being is let go as well.
  await versions.set({ private_run_id: closed ? run_id : null }).execute();
  if (!closed) return;
  await sql`update artifact set private = 1, updated = ${ctx.now} where private = 0 and user_id = ${ctx.actor.id}
    and id in (select v.artifact_id from artifact_version as v where v.id in (${sql.join(version_ids)}))
    and not exists (select 1 from artifact_version as o where o.artifact_id = artifact.id and o.private_run_id is null)`.execute(ctx.db);
};

/**
 * A run becomes private, or is opened: what it wrote follows it. Closed is what its owner made and no other run rests on, since that is
 * theirs to see by now.
 */
export const followRun = async (ctx: Context, run: Values, closed: boolean): Promise<void> => {
  const id: unknown = run['id'];
  if (!closed) {
    await ctx.db.updateTable('artifact_version').set({ private_run_id: null }).where('private_run_id', '=', id).execute();
    return;
  }
  const elsewhere = (table: string) =>
    sql`exists (select 1 from ${sql.table(table)} as l join step_run as s on s.id = l.step_run_id where l.artifact_version_id = artifact_version.id and s.pipeline_run_id <> ${id})`;
  await sql`update artifact_version set private_run_id = ${id} where private_run_id is null and user_id = ${run['user_id']}
    and id in (select o.artifact_version_id from step_output as o join step_run as w on w.id = o.step_run_id where w.pipeline_run_id = ${id} and w.original_step_run_id is null)
    and not ${elsewhere('step_output')} and not ${elsewhere('step_input')}`.execute(ctx.db);
};
