// What a hook left: artifact versions by name, and its log.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotFound } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { must } from '../../kernel/find.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { derived, type Values } from '../../kernel/resource.ts';
import { authorize } from '../../kernel/refusal.ts';
import { flat, type Named } from '../step/artifacts.ts';

export const outputsOf = derived(
  async (ctx, rows) => {
    const found = (
      await sql<Values>`select * from hook_output where hook_invocation_id in (${sql.join(rows.map((row) => row.id))}) order by hook_invocation_id, name, place`.execute(
        ctx.db,
      )
    ).rows;
    const versions = await byIds(ctx, ctx.registry.get('artifact_version'), [...new Set(found.map((link) => link['artifact_version_id'] as string))]);
    const maps = new Map<string, Map<string, unknown[]>>(rows.map((row) => [row.id, new Map()]));
    for (const link of found) {
      const of = maps.get(link['hook_invocation_id'])!;
      of.set(link['name'], [...(of.get(link['name']) ?? []), versions.get(link['artifact_version_id']) ?? null]);
    }
    return new Map([...maps].map(([id, of]) => [id, Object.fromEntries(of)]));
  },
  { empty: {} },
);

/** The client chooses the id. Throws NotFound where the run or step lies elsewhere. */
export const beforeHook = async (ctx: Context, input: Values): Promise<Values> => {
  const run = await must(ctx, ctx.registry.get('run'), input['pipeline_run_id'], 'read', ['id', 'project_id']);
  if (run['project_id'] !== input['project_id']) throw new NotFound(`There is no run '${input['pipeline_run_id']}' in this project`);
  if (input['step_run_id']) {
    const step = await must(ctx, ctx.registry.get('step'), input['step_run_id'], 'read', ['id', 'pipeline_run_id']);
    if (step['pipeline_run_id'] !== run['id']) throw new NotFound(`There is no step '${input['step_run_id']}' in this run`);
  }
  const id = input['id'] === undefined ? undefined : canonicalUuid(input['id'] as string);
  if (id === null) throw new Invalid('id must be a UUID');
  return { user_id: ctx.actor.id || null, ...(id === undefined ? {} : { id }) };
};

/** Notes the outputs and takes the log entry over. Throws NotFound, NotAllowed. */
export const keepHook = async (ctx: Context, row: { readonly id: string }, input: Values): Promise<void> => {
  for (const { name, place, artifact_version_id } of flat(input['outputs'] as Named | null)) {
    const version = await must(ctx, ctx.registry.get('artifact_version'), artifact_version_id, 'read', ['id', 'project_id']);
    if (version['project_id'] !== input['project']) throw new NotFound(`There is no artifact version '${artifact_version_id}' in this project`);
    await ctx.db.insertInto('hook_output').values({ hook_invocation_id: row.id, name, place, artifact_version_id }).execute();
  }
  if (!input['logs_id']) return;
  const log = await authorize(ctx, ctx.registry.get('logs'), input['logs_id'] as string, 'update', ['id']);
  await ctx.db.updateTable('logs').set({ hook_invocation_id: row.id, updated: ctx.now }).where('id', '=', log['id']).execute();
};
