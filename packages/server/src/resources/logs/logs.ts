import Type from 'typebox';
import type { Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { inProject, nullable, owned, ref, standard, text, uuid } from '../../kernel/field.ts';
import { must } from '../../kernel/find.ts';
import { defineResource, one, type Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { ownWithout } from '../pipeline/judged.ts';

/** Logs that hang on one thing stay there (wire.md 16.1). */
const relink = (row: Values, input: Values): Values => {
  for (const column of ['pipeline_run_id', 'step_run_id']) {
    const wanted = input[column] as string | undefined;
    if (wanted !== undefined && row[column] !== null && row[column] !== wanted) throw new NotAllowed('These logs belong to another run or step already; make a new entry');
  }
  return {};
};

export const logs = defineResource({
  type: 'logs', path: 'logs', table: 'logs', label: 'log entry', group: 'ml',
  description: 'Where the log of a run or step lies. The client writes it, before the run exists.',
  fields: {
    ...standard(), ...owned(), ...inProject(),
    uri: nullable(text({ max: 65_535, filter: false })),
    source: text({ default: 'client' }),
    step_run_id: nullable(ref('step', { update: true })),
    pipeline_run_id: nullable(ref('run', { update: true })),
    artifact_store_id: nullable(ref('stack_component')),
    log_store_id: nullable(ref('stack_component')),
    hook_invocation_id: nullable(uuid()),
  },
  access: {
    scope: 'parent', owner: null, share: false, needs: { create: 'run:create' }, also: ownWithout('run', 'pipeline_run_id', 'step_run_id'),
    parents: [{ type: 'run', by: 'pipeline_run_id', needs: { create: 'update' } }, { type: 'step', by: 'step_run_id', needs: { create: 'update', delete: 'update' } }],
  },
  relations: { user: one('account', { by: 'user_id' }) },
  inputs: { create: { id: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F-]{32,36}$' })) } },
  ignore: ['user'],
  null_keeps: true,
  without: ['list', 'remove'],
  hooks: {
    create: (ctx, input) => ({ user_id: ctx.actor.id || null, ...(input['id'] ? { id: (input['id'] as string).toLowerCase() } : {}) }),
    update: (_ctx, row, input) => relink(row, input),
  },
  show: ['source', 'uri'],
});

/** Ties logs to a run or step: an id names an entry that exists, an object is a new one. `link` says to what. */
export const tieLogs = async (ctx: Context, given: unknown, project_id: string, link: { readonly pipeline_run_id: string } | { readonly step_run_id: string }): Promise<void> => {
  if (given === null || given === undefined) return;
  if (typeof given !== 'string') {
    await insert(ctx, logs, { ...(given as Values), project: project_id, hook_invocation_id: null, ...link });
    return;
  }
  const row = await must(ctx, logs, given, 'update');
  relink(row, link);
  await ctx.db.updateTable('logs').set({ ...link, updated: ctx.now }).where('id', '=', row['id']).execute();
};
