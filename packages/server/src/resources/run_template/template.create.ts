// What happens when a template is made or removed.
import { quietly, type Context } from '../../kernel/context.ts';
import { NotFound } from '../../kernel/errors.ts';
import type { Values } from '../../kernel/resource.ts';
import { releaseName } from '../pipeline_snapshot/snapshot.create.ts';
import { forget } from '../tag/taggable.ts';
import { mustBeTemplatable } from './templatable.ts';

/** The pipeline that follows from the snapshot. A template that is shown also names its snapshot. Throws Refused, NotFound, Conflict. */
export const beforeTemplate = async (ctx: Context, input: Values): Promise<Values> => {
  const snapshot = await ctx.db
    .selectFrom('pipeline_snapshot')
    .select(['id', 'pipeline_id', 'project_id'])
    .where('id', '=', input['source_snapshot_id'])
    .executeTakeFirstOrThrow();
  if (snapshot['project_id'] !== input['project_id']) throw new NotFound(`There is no snapshot '${input['source_snapshot_id']}' in this project`);
  await mustBeTemplatable(ctx, snapshot['id']);
  if (input['hidden'] !== true) {
    await releaseName(quietly(ctx), snapshot['pipeline_id'], input['name'], snapshot['id']);
    await ctx.db
      .updateTable('pipeline_snapshot')
      .set({ name: input['name'], description: input['description'] ?? null, updated: ctx.now })
      .where('id', '=', snapshot['id'])
      .execute();
  }
  return { pipeline_id: snapshot['pipeline_id'], user_id: ctx.actor.id || null };
};

/** Snapshots that came of it forget it. */
export const beforeTemplateRemove = async (ctx: Context, row: Values): Promise<void> => {
  await forget(ctx, 'run_template', row['id']);
  await ctx.db.updateTable('pipeline_snapshot').set({ template_id: null }).where('template_id', '=', row['id']).execute();
};
