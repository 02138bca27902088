import Type from 'typebox';
import { datetime, inProject, json, nullable, oneOf, owned, ref, standard, text } from '../../kernel/field.ts';
import { related } from '../../kernel/query.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { metadataFilter, metadataOf } from '../run_metadata/metadata.ts';

const TYPES = ['external_input'] as const;
export const RESOLUTIONS = ['continue', 'abort'] as const;
const told = { create: 'never' } as const;

export const runWaitCondition = defineResource({
  type: 'run_wait_condition',
  path: 'run_wait_conditions',
  table: 'run_wait_condition',
  label: 'wait condition',
  group: 'ml',
  unique: [['run_id', 'name']],
  description: 'What a dynamic run waits for: a question, and the answer that somebody gave.',
  fields: {
    ...standard(),
    name: text({ tier: 'top', create: 'required', min: 1 }),
    ...owned(),
    ...inProject(),
    type: oneOf(TYPES, { create: 'required' }),
    status: oneOf(['pending', 'resolved'], told),
    last_polled_at: nullable(datetime({ ...told, filter: false })),
    poller_instance_id: nullable(text({ ...told, filter: false })),
    poller_lease_expires_at: nullable(datetime({ ...told, filter: false })),
    resolved_at: nullable(datetime(told)),
    resolved_by_user_id: nullable(ref('account', { ...told, filter: false })),
    question: nullable(text({ tier: 'metadata', max: 65_535, filter: false })),
    data_schema: nullable(json<Record<string, unknown>>({ tier: 'metadata', schema: Type.Unsafe({ type: 'object' }) })),
    resolution: nullable(oneOf(RESOLUTIONS, { ...told, tier: 'metadata' })),
    result: nullable(json({ ...told, tier: 'metadata' })),
    run_id: ref('run', { input: 'run', tier: 'hidden', create: 'required', filter: false }),
  },
  access: { scope: 'parent', owner: null, share: false, parents: [{ type: 'run', by: 'run_id', needs: { create: 'update' } }] },
  relations: { user: one('account', { by: 'user_id' }), run: one('run', { by: 'run_id' }), run_metadata: metadataOf('wait_condition') },
  filters: { run_metadata: metadataFilter('wait_condition'), pipeline_run: related('run', 'run_id'), resolved_by: related('account', 'resolved_by_user_id') },
  ignore: ['user'],
  // Creating it twice is creating it once, and it is answered, not changed: waiting.ts declares how.
  without: ['create', 'update', 'remove'],
  show: ['name', 'status', 'question', 'created'],
});
