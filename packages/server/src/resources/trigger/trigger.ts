import { sql } from 'kysely';
import Type from 'typebox';
import { boolean, datetime, inProject, integer, json, named, nullable, oneOf, owned, ref, shareable, standard, text } from '../../kernel/field.ts';
import { by, defineResource, derived, filter, one } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { completeTrigger, changeTrigger } from './keeping.ts';
import { attachedTo, dispatchStates, latestRunOf } from './related.ts';

const CONCURRENCY = ['skip', 'submit'] as const;
const document = Type.Unsafe<Record<string, unknown>>({ type: 'object' });
const changing = { update: true, filter: false } as const;

/** Of a schedule, of an event here, or of a webhook: all in one, as the wire has them; what another type says is null. */
export const trigger = defineResource({
  type: 'trigger',
  path: 'triggers',
  table: 'run_trigger',
  label: 'trigger',
  group: 'ml',
  tally: true,
  unique: [['project_id', 'name']],
  description: 'What starts runs of the snapshots attached to it: a time, the end of another run, or an event from outside.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    ...shareable(),
    active: boolean({ default: true, update: true }),
    is_archived: boolean({ create: 'never' }),
    type: oneOf(['schedule', 'platform_event', 'webhook'], { create: 'required' }),
    flavor: oneOf(['native schedule', 'platform event', 'webhook']),
    concurrency: oneOf(CONCURRENCY, { default: 'skip', update: true }),
    cron_expression: nullable(text(changing)),
    interval: nullable(integer({ ...changing, min: 60, max: 315_360_000 })),
    start_time: nullable(datetime(changing)),
    end_time: nullable(datetime(changing)),
    run_once_start_time: nullable(datetime(changing)),
    max_runs: nullable(integer({ ...changing, min: 1 })),
    next_occurrence: nullable(datetime({ create: 'never' })),
    source_entity: nullable(json<{ type: string; id: string }>({ update: true, schema: document })),
    source_key: nullable(text({ tier: 'hidden', create: 'never', filter: false })),
    target_events: nullable(json<string[]>({ update: true, schema: Type.Unsafe({ type: 'array', items: { type: 'string', maxLength: 255 }, maxItems: 100 }) })),
    webhook_id: nullable(ref('webhook')),
    configuration: nullable(json<Record<string, unknown>>({ update: true, schema: document })),
  },
  access: { scope: 'project', owner: 'user_id', share: true, actions: ['delete'] },
  relations: {
    user: one('account', { by: 'user_id' }),
    // Clients read it inside the body as well.
    name: derived(async (_ctx, rows) => new Map(rows.map((row) => [row.id, row['name']])), { empty: '', tier: 'body' }),
    webhook: one('webhook', { by: 'webhook_id' }),
    snapshots: attachedTo('source'),
    executable_snapshots: attachedTo('own'),
    latest_run: latestRunOf,
    snapshot_dispatch_states: dispatchStates,
  },
  filters: {
    is_archived: { ...by('boolean', (t) => sql.ref(`${t}.is_archived`)), beside: true },
    pipeline_id: filter(
      'uuid',
      (t, is, ctx) => sql`exists (select 1 from trigger_snapshot as ts join pipeline_snapshot as ps on ps.id = ts.snapshot_id
      where ts.trigger_id = ${sql.ref(`${t}.id`)} and ${is(sql`ps.pipeline_id`)} and ${visible(ctx, ctx.registry.get('pipeline_snapshot'), 'read', 'ps')})`,
      { negate_outside: true },
    ),
    snapshot_id: filter(
      'uuid',
      (t, is, ctx) => sql`exists (select 1 from trigger_snapshot as ts join pipeline_snapshot as ps on ps.id = ts.snapshot_id
      where ts.trigger_id = ${sql.ref(`${t}.id`)} and (${is(sql`ps.id`)} or ${is(sql`ps.source_snapshot_id`)}) and ${visible(ctx, ctx.registry.get('pipeline_snapshot'), 'read', 'ps')})`,
      { negate_outside: true },
    ),
  },
  inputs: {
    update: {
      type: Type.Optional(Type.String({ maxLength: 255 })),
      flavor: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'] })),
      next_occurrence: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 40 })),
    },
  },
  ignore: ['user'],
  // Removing is archiving first: trigger.actions.ts declares it.
  without: ['remove'],
  hooks: { create: completeTrigger, update: changeTrigger },
  show: ['name', 'type', 'active', 'next_occurrence', 'user'],
});
