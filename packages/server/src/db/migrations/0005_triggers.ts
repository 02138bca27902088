import { tallied, table, thing } from '../ddl.ts';
import type { Database } from '../../kernel/context.ts';
import type { Migration } from '../migrate.ts';

const placed = { ...thing, project_id: 'text not null references project(id) on delete cascade', user_id: 'text', private: 'bool not null' } as const;
const guarded = (d: Database['dialect'], name: string, type = name): readonly string[] => [
  `create index ${name}_project on ${name} (project_id, created, id)`,
  `create index ${name}_shown on ${name} (project_id, private, created, id)`,
  `create index ${name}_user on ${name} (project_id, user_id, created, id)`,
  `create index ${name}_owner on ${name} (user_id)`,
  ...tallied(d, name, true, type),
];
const child = (of: string) => `text not null references ${of}(id) on delete cascade`;

/** Triggers, webhooks, what waits to be dispatched, live events, and who of several servers does which job. */
export const triggers: Migration = {
  name: '0005_triggers',
  statements: (d) => [
    table(d, 'webhook', { ...placed, name: 'text not null', webhook_type: 'text not null', active: 'bool not null', secret: 'text not null' }, [
      'unique (project_id, name)',
    ]),
    ...guarded(d, 'webhook'),
    table(d, 'webhook_stats', {
      webhook_id: 'text primary key references webhook(id) on delete cascade',
      received_count: 'int not null',
      accepted_count: 'int not null',
      auth_failed_count: 'int not null',
      invalid_payload_count: 'int not null',
      last_received_at: 'text',
      last_accepted_at: 'text',
      last_error_at: 'text',
      last_error_summary: 'text',
      window: 'text not null',
      in_window: 'int not null',
    }),
    table(
      d,
      'webhook_event',
      { webhook_id: child('webhook'), delivery_id: 'text not null', created: 'text not null', event_type: 'text not null', body: 'text not null' },
      ['primary key (webhook_id, delivery_id)'],
    ),
    'create index webhook_event_created on webhook_event (created)',
    table(
      d,
      'run_trigger',
      {
        ...placed,
        name: 'text not null',
        active: 'bool not null',
        is_archived: 'bool not null',
        type: 'text not null',
        flavor: 'text not null',
        concurrency: 'text not null',
        cron_expression: 'text',
        interval: 'int',
        start_time: 'text',
        end_time: 'text',
        run_once_start_time: 'text',
        max_runs: 'int',
        next_occurrence: 'text',
        source_entity: 'text',
        source_key: 'text',
        target_events: 'text',
        webhook_id: 'text references webhook(id) on delete set null',
        configuration: 'text',
      },
      ['unique (project_id, name)'],
    ),
    ...guarded(d, 'run_trigger', 'trigger'),
    'create index run_trigger_due on run_trigger (next_occurrence)',
    'create index run_trigger_source on run_trigger (source_key)',
    'create index run_trigger_webhook on run_trigger (webhook_id)',
    table(
      d,
      'trigger_snapshot',
      { trigger_id: child('run_trigger'), snapshot_id: child('pipeline_snapshot'), created: 'text not null', attached_by: 'text', dispatch_state: 'text' },
      ['primary key (trigger_id, snapshot_id)'],
    ),
    'create index trigger_snapshot_snapshot on trigger_snapshot (snapshot_id)',
    table(
      d,
      'trigger_execution',
      {
        id: 'id',
        created: 'text not null',
        trigger_id: child('run_trigger'),
        snapshot_id: child('pipeline_snapshot'),
        cause: 'text not null',
        outcome: 'text not null',
        pipeline_run_id: 'text references pipeline_run(id) on delete cascade',
        info: 'text not null',
      },
      ['unique (trigger_id, snapshot_id, cause)'],
    ),
    'create index trigger_execution_run on trigger_execution (pipeline_run_id)',
    'create index trigger_execution_snapshot on trigger_execution (snapshot_id)',
    'create index trigger_execution_created on trigger_execution (created)',
    table(d, 'pending_dispatch', { id: 'id', created: 'text not null', kind: 'text not null', subject_id: 'text not null', detail: 'text not null' }),
    table(
      d,
      'run_event',
      {
        pipeline_run_id: child('pipeline_run'),
        seq: 'int not null',
        created: 'text not null',
        kind: 'text not null',
        step_name: 'text',
        correlation_id: 'text',
        document: 'text not null',
      },
      ['primary key (pipeline_run_id, seq)'],
    ),
    'create index run_event_created on run_event (created)',
    table(d, 'job_lease', { name: 'text primary key', holder: 'text not null', until: 'text not null' }),
    'create index outbox_created on outbox (created, id)',
    'create index session_expires on session (expires)',
    'create index step_run_alive on step_run (status, heartbeat_threshold)',
  ],
};
