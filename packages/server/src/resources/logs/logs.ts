import Type from 'typebox';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { inProject, nullable, owned, ref, standard, text } from '../../kernel/field.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { must } from '../../kernel/find.ts';
import { authorize } from '../../kernel/refusal.ts';
import { defineResource, derived, one, type Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { ownWithout } from '../pipeline/judged.ts';

const JUDGES = { pipeline_run_id: 'run', step_run_id: 'step', hook_invocation_id: 'hook_invocation' } as const;
/** Logs that hang on one thing stay there (wire.md 16.1), and hanging them on a thing is changing that thing. */
const relink = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  for (const [column, type] of Object.entries(JUDGES)) {
    const wanted = input[column] as string | null | undefined;
    if (wanted === undefined || wanted === null || row[column] === wanted) continue;
    if (row[column]) throw new NotAllowed('These logs belong to another run, step or hook already; make a new entry');
    await authorize(ctx, ctx.registry.get(type), wanted, 'update', ['id', 'name', 'project_id']);
  }
  return {};
};

/** Older clients read these among the metadata. */
const TWICE = ['step_run_id', 'pipeline_run_id', 'artifact_store_id', 'log_store_id', 'hook_invocation_id'] as const;
const again = (column: string) => derived(async (_ctx, rows) => new Map(rows.map((row) => [row.id, row[column]])), { empty: null, tier: 'metadata' });

export const logs = defineResource({
  type: 'logs',
  path: 'logs',
  table: 'logs',
  label: 'log entry',
  group: 'ml',
  description: 'Where the log of a run or step lies. The client writes it, before the run exists.',
  fields: {
    ...standard(),
    ...owned(),
    ...inProject(),
    uri: nullable(text({ max: 65_535, filter: false })),
    source: text({ default: 'client' }),
    step_run_id: nullable(ref('step', { update: true })),
    pipeline_run_id: nullable(ref('run', { update: true })),
    artifact_store_id: nullable(ref('stack_component')),
    log_store_id: nullable(ref('stack_component')),
    hook_invocation_id: nullable(ref('hook_invocation')),
  },
  access: {
    scope: 'parent',
    owner: null,
    maker: 'user_id',
    share: false,
    needs: { create: 'run:create' },
    also: ownWithout('run', 'pipeline_run_id', 'step_run_id'),
    parents: [
      { type: 'run', by: 'pipeline_run_id', needs: { create: 'update' } },
      { type: 'step', by: 'step_run_id', needs: { create: 'update' } },
    ],
  },
  relations: { user: one('account', { by: 'user_id' }), ...Object.fromEntries(TWICE.map((column) => [column, again(column)])) },
  inputs: { create: { id: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F-]{32,36}$' })) } },
  ignore: ['user'],
  null_keeps: true,
  without: ['list', 'remove'],
  hooks: {
    create: async (ctx, input) => {
      await relink(ctx, {}, input);
      const id = input['id'] === undefined ? undefined : canonicalUuid(input['id'] as string);
      if (id === null) throw new Invalid('id must be a UUID');
      return { user_id: ctx.actor.id || null, ...(id === undefined ? {} : { id }) };
    },
    update: relink,
  },
  show: ['source', 'uri'],
});

/** Ties logs to a run or step: an id names an entry that exists, an object is a new one. `link` says to what. */
export const tieLogs = async (
  ctx: Context,
  given: unknown,
  project_id: string,
  link: { readonly pipeline_run_id: string } | { readonly step_run_id: string },
): Promise<void> => {
  if (given === null || given === undefined) return;
  if (typeof given !== 'string') {
    await insert(ctx, logs, { ...(given as Values), project: project_id, hook_invocation_id: null, ...link });
    return;
  }
  const row = await must(ctx, logs, given, 'update');
  await relink(ctx, row, link);
  await ctx.db
    .updateTable('logs')
    .set({ ...link, updated: ctx.now })
    .where('id', '=', row['id'])
    .execute();
};
