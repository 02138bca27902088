import Type from 'typebox';
import { datetime, inProject, json, nullable, oneOf, owned, ref, standard, text } from '../../kernel/field.ts';
import { defineResource, many, one } from '../../kernel/resource.ts';
import { STATUSES } from '../run/status.ts';
import { beforeHook, keepHook, outputsOf } from './hook.create.ts';

const HOOKS = [
  'run_start',
  'run_success',
  'run_failure',
  'run_end',
  'run_pause',
  'run_resume',
  'step_start',
  'step_end',
  'step_success',
  'step_failure',
  'custom',
] as const;
const ids = { type: 'array', items: { type: 'string', maxLength: 36 }, maxItems: 10_000 };

export const hookInvocation = defineResource({
  type: 'hook_invocation',
  path: 'hook_invocations',
  table: 'hook_invocation',
  label: 'hook invocation',
  group: 'ml',
  description: 'One call of a hook of a run or step: when, how it ended, and what it left.',
  fields: {
    ...standard(),
    ...owned(),
    ...inProject(),
    name: nullable(text({ tier: 'top' })),
    hook_type: oneOf(HOOKS, { create: 'required' }),
    status: oneOf(STATUSES, { create: 'required' }),
    start_time: datetime({ create: 'required' }),
    end_time: nullable(datetime()),
    pipeline_run_id: ref('run', { create: 'required' }),
    step_run_id: nullable(ref('step')),
    source: nullable(text({ tier: 'metadata', filter: false })),
    exception_info: nullable(json<Record<string, unknown>>({ tier: 'metadata', schema: Type.Unsafe({ type: 'object' }) })),
  },
  access: { scope: 'parent', owner: null, share: false, parents: [{ type: 'run', by: 'pipeline_run_id', needs: { create: 'update', delete: 'update' } }] },
  relations: { user: one('account', { by: 'user_id' }), log_collection: many('logs', { by: 'hook_invocation_id' }), outputs: outputsOf },
  inputs: {
    create: {
      id: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F-]{32,36}$' })),
      outputs: Type.Optional(Type.Unsafe<Record<string, readonly string[]> | null>({ type: ['object', 'null'], additionalProperties: ids })),
      logs_id: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 36 })),
    },
  },
  ignore: ['user'],
  without: ['update'],
  hooks: { create: beforeHook, created: keepHook },
  show: ['hook_type', 'name', 'status', 'start_time'],
});
