import { tallied, table, thing } from '../ddl.ts';
import type { Database } from '../../kernel/context.ts';
import type { Migration } from '../migrate.ts';

const placed = { ...thing, project_id: 'text not null references project(id) on delete cascade', user_id: 'text' } as const;
const shown = { private: 'bool not null' } as const;
const child = (of: string, rest = 'not null') => `text ${rest}${rest === '' ? '' : ' '}references ${of}(id) on delete cascade`;
const loose = (of: string) => `text references ${of}(id) on delete set null`;
const listed = (name: string): readonly string[] => [
  `create index ${name}_project on ${name} (project_id, created, id)`,
  `create index ${name}_user on ${name} (user_id, created, id)`,
];
const guarded = (d: Database['dialect'], name: string): readonly string[] => [
  `create index ${name}_project on ${name} (project_id, created, id)`,
  `create index ${name}_shown on ${name} (project_id, private, created, id)`,
  `create index ${name}_user on ${name} (project_id, user_id, created, id)`,
  `create index ${name}_owner on ${name} (user_id)`,
  ...tallied(d, name, true),
];

/** What is made of pipelines beside their runs: templates, deployments, services; what a run waits for, which hooks it called, and which pictures are pinned where. */
export const served: Migration = {
  name: '0006_served',
  statements: (d) => [
    table(
      d,
      'run_template',
      { ...placed, name: 'text not null', description: 'text', hidden: 'bool not null', pipeline_id: child('pipeline'), source_snapshot_id: loose('pipeline_snapshot') },
      ['unique (project_id, name)'],
    ),
    ...listed('run_template'),
    'create index run_template_pipeline on run_template (pipeline_id, created, id)',
    'create index run_template_snapshot on run_template (source_snapshot_id)',
    'create index pipeline_snapshot_template on pipeline_snapshot (template_id)',
    'create index pipeline_snapshot_source on pipeline_snapshot (source_snapshot_id)',

    table(
      d,
      'deployment',
      {
        ...placed,
        ...shown,
        name: 'text not null',
        url: 'text',
        status: 'text not null',
        auth_key: 'text',
        deployment_metadata: 'text not null',
        snapshot_id: loose('pipeline_snapshot'),
        deployer_id: 'text',
      },
      ['unique (project_id, name)'],
    ),
    ...guarded(d, 'deployment'),
    'create index deployment_snapshot on deployment (snapshot_id)',
    'create index deployment_deployer on deployment (deployer_id)',

    table(d, 'service', {
      ...placed,
      ...shown,
      name: 'text not null',
      service_type: 'text not null',
      type: 'text not null',
      flavor: 'text not null',
      service_source: 'text',
      admin_state: 'text',
      state: 'text',
      labels: 'text',
      config: 'text not null',
      status: 'text',
      endpoint: 'text',
      prediction_url: 'text',
      health_check_url: 'text',
      pipeline_name: 'text',
      pipeline_step_name: 'text',
      model_version_id: loose('model_version'),
      pipeline_run_id: loose('pipeline_run'),
    }),
    ...guarded(d, 'service'),
    'create index service_model_version on service (model_version_id)',
    'create index service_run on service (pipeline_run_id)',

    table(
      d,
      'curated_visualization',
      {
        ...placed,
        artifact_visualization_id: child('artifact_visualization'),
        display_name: 'text',
        display_order: 'int',
        layout_size: 'text not null',
        resource_type: 'text not null',
        resource_id: 'text not null',
        deployment_id: child('deployment', ''),
        model_id: child('model', ''),
        pipeline_id: child('pipeline', ''),
        pipeline_run_id: child('pipeline_run', ''),
        pipeline_snapshot_id: child('pipeline_snapshot', ''),
        shown_project_id: child('project', ''),
      },
      ['unique (resource_type, resource_id, artifact_visualization_id)', 'unique (resource_type, resource_id, display_order)'],
    ),
    'create index curated_visualization_project on curated_visualization (project_id, created, id)',
    'create index curated_visualization_picture on curated_visualization (artifact_visualization_id)',
    ...['deployment', 'model', 'pipeline', 'pipeline_run', 'pipeline_snapshot', 'shown_project'].map(
      (name) => `create index curated_visualization_${name} on curated_visualization (${name}_id)`,
    ),

    table(d, 'hook_invocation', {
      ...placed,
      name: 'text',
      hook_type: 'text not null',
      status: 'text not null',
      start_time: 'text not null',
      end_time: 'text',
      source: 'text',
      exception_info: 'text',
      pipeline_run_id: child('pipeline_run'),
      step_run_id: child('step_run', ''),
    }),
    ...listed('hook_invocation'),
    'create index hook_invocation_run on hook_invocation (pipeline_run_id)',
    'create index hook_invocation_step on hook_invocation (step_run_id)',
    'create index logs_hook on logs (hook_invocation_id)',
    table(
      d,
      'hook_output',
      { hook_invocation_id: child('hook_invocation'), name: 'text not null', place: 'int not null', artifact_version_id: child('artifact_version') },
      ['primary key (hook_invocation_id, name, place)'],
    ),
    'create index hook_output_version on hook_output (artifact_version_id)',

    table(
      d,
      'run_wait_condition',
      {
        ...placed,
        name: 'text not null',
        run_id: child('pipeline_run'),
        type: 'text not null',
        status: 'text not null',
        question: 'text',
        data_schema: 'text',
        resolution: 'text',
        result: 'text',
        last_polled_at: 'text',
        poller_instance_id: 'text',
        poller_lease_expires_at: 'text',
        resolved_at: 'text',
        resolved_by_user_id: 'text',
      },
      ['unique (run_id, name)'],
    ),
    ...listed('run_wait_condition'),
  ],
};
