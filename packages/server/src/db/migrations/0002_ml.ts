import { tallied, table, thing } from '../ddl.ts';
import type { Database } from '../../kernel/context.ts';
import type { Migration } from '../migrate.ts';

/** Things in a project begin with these. A user is no foreign key: what a person made outlives the account. */
const placed = { ...thing, project_id: 'text not null references project(id) on delete cascade', user_id: 'text' } as const;
const shown = { private: 'bool not null' } as const;
const listed = (name: string): readonly string[] => [
  `create index ${name}_project on ${name} (project_id, created, id)`, `create index ${name}_user on ${name} (user_id, created, id)`,
];
/** What may be private is found by what is not, and by whose it is; and it is counted as it comes and goes. */
const guarded = (d: Database['dialect'], name: string): readonly string[] => [
  `create index ${name}_project on ${name} (project_id, created, id)`, `create index ${name}_shown on ${name} (project_id, private, created, id)`,
  `create index ${name}_user on ${name} (project_id, user_id, created, id)`, `create index ${name}_owner on ${name} (user_id)`, ...tallied(d, name, true, name === 'pipeline_run' ? 'run' : name),
];
const child = (of: string, rest = 'not null') => `text ${rest}${rest === '' ? '' : ' '}references ${of}(id) on delete cascade`;
const loose = (of: string) => `text references ${of}(id) on delete set null`;

/**
 * Pipelines, runs, artifacts, models, tags. Stacks and components have no foreign keys here: a run tells what it ran on
 * also when that has been removed.
 */
export const ml: Migration = {
  name: '0002_ml',
  statements: (d) => [
    table(d, 'tag', { ...thing, user_id: 'text', name: 'text not null unique', color: 'text not null', exclusive: 'bool not null' }),
    'create index tag_user on tag (user_id, created, id)',
    table(d, 'tag_resource', { ...thing, tag_id: child('tag'), resource_type: 'text not null', resource_id: 'text not null' }, ['unique (resource_type, resource_id, tag_id)']),
    'create index tag_resource_tag on tag_resource (tag_id, resource_type)',
    table(d, 'run_metadata', {
      ...placed, key: 'text not null', value: 'text not null', type: 'text not null', stack_component_id: 'text', publisher_step_id: 'text',
    }),
    'create index run_metadata_project on run_metadata (project_id)',
    table(d, 'run_metadata_resource', { run_metadata_id: child('run_metadata'), resource_type: 'text not null', resource_id: 'text not null' }, ['primary key (resource_type, resource_id, run_metadata_id)']),
    'create index run_metadata_resource_entry on run_metadata_resource (run_metadata_id)',

    table(d, 'code_repository', {
      ...placed, ...shown, name: 'text not null', config: 'text not null', source: 'text not null', logo_url: 'text', description: 'text',
    }, ['unique (project_id, name)']),
    ...guarded(d, 'code_repository'),
    table(d, 'code_reference', { ...placed, code_repository_id: child('code_repository'), commit: 'text not null', subdirectory: 'text not null' }),
    'create index code_reference_repository on code_reference (code_repository_id)',

    table(d, 'pipeline', { ...placed, ...shown, name: 'text not null', description: 'text', run_count: 'int not null' }, ['unique (project_id, name)']),
    ...guarded(d, 'pipeline'),
    table(d, 'schedule', {
      ...placed, name: 'text not null', active: 'bool not null', cron_expression: 'text', start_time: 'text', end_time: 'text', interval_second: 'text', catchup: 'bool not null',
      run_once_start_time: 'text', is_archived: 'bool not null', orchestrator_id: 'text', pipeline_id: child('pipeline', ''),
    }, ['unique (project_id, name)']),
    ...listed('schedule'),
    'create index schedule_pipeline on schedule (pipeline_id)',
    table(d, 'pipeline_build', {
      ...placed, pipeline_id: child('pipeline', ''), stack_id: 'text', images: 'text not null', is_local: 'bool not null', contains_code: 'bool not null', zenml_version: 'text',
      python_version: 'text', checksum: 'text', stack_checksum: 'text', duration: 'int',
    }),
    ...listed('pipeline_build'),
    'create index pipeline_build_pipeline on pipeline_build (pipeline_id, created, id)',
    table(d, 'pipeline_snapshot', {
      ...placed, name: 'text', description: 'text', pipeline_id: child('pipeline'), stack_id: 'text', build_id: loose('pipeline_build'), schedule_id: loose('schedule'),
      code_reference_id: loose('code_reference'), run_name_template: 'text not null', pipeline_configuration: 'text not null', client_environment: 'text not null', client_version: 'text',
      server_version: 'text', pipeline_version_hash: 'text', pipeline_spec: 'text', is_dynamic: 'bool not null', source_code: 'text', code_path: 'text', template_id: 'text',
      source_snapshot_id: 'text', step_count: 'int not null',
    }, ['unique (pipeline_id, name)']),
    ...listed('pipeline_snapshot'),
    'create index pipeline_snapshot_pipeline on pipeline_snapshot (pipeline_id, created, id)',
    table(d, 'step_configuration', { snapshot_id: child('pipeline_snapshot'), name: 'text not null', place: 'int not null', upstream: 'text not null', document: 'text not null' }, ['primary key (snapshot_id, name)']),

    table(d, 'model', {
      ...placed, ...shown, name: 'text not null', license: 'text', description: 'text', audience: 'text', use_cases: 'text', limitations: 'text', trade_offs: 'text', ethics: 'text',
      save_models_to_registry: 'bool not null',
    }, ['unique (project_id, name)']),
    ...guarded(d, 'model'),
    table(d, 'model_version', {
      ...placed, model_id: child('model'), name: 'text not null', number: 'int not null', stage: 'text', description: 'text', producer_run_id: 'text',
    }, ['unique (model_id, name)', 'unique (model_id, number)', 'unique (model_id, producer_run_id)']),
    ...listed('model_version'),

    table(d, 'pipeline_run', {
      ...placed, ...shown, name: 'text not null', pipeline_id: child('pipeline'), snapshot_id: loose('pipeline_snapshot'), stack_id: 'text', build_id: loose('pipeline_build'),
      schedule_id: loose('schedule'), code_reference_id: loose('code_reference'), model_version_id: loose('model_version'), index: 'int not null', status: 'text not null', status_reason: 'text',
      in_progress: 'bool not null', orchestrator_run_id: 'text', orchestrator_environment: 'text not null', config: 'text not null', start_time: 'text', end_time: 'text', trigger_info: 'text',
      exception_info: 'text', enable_heartbeat: 'bool not null', original_run_id: 'text', parent_run_id: 'text', root_run_id: 'text', child_key: 'text',
    }, ['unique (project_id, name)', 'unique (snapshot_id, orchestrator_run_id)']),
    ...guarded(d, 'pipeline_run'),
    'create index pipeline_run_pipeline on pipeline_run (pipeline_id, created, id)',
    'create index pipeline_run_model_version on pipeline_run (model_version_id)',
    'create index pipeline_run_stack on pipeline_run (stack_id, created, id)',
    table(d, 'step_run', {
      ...placed, name: 'text not null', pipeline_run_id: child('pipeline_run'), snapshot_id: 'text', status: 'text not null', version: 'int not null', is_retriable: 'bool not null',
      type: 'text', start_time: 'text', end_time: 'text', latest_heartbeat: 'text', heartbeat_threshold: 'int', cache_key: 'text', cache_expires_at: 'text', code_hash: 'text', docstring: 'text',
      source_code: 'text', exception_info: 'text', original_step_run_id: 'text', model_version_id: loose('model_version'), substitutions: 'text not null', config: 'text not null', spec: 'text not null',
    }, ['unique (pipeline_run_id, name, version)']),
    ...listed('step_run'),
    'create index step_run_cache on step_run (cache_key, created, id)',
    'create index step_run_model_version on step_run (model_version_id)',

    table(d, 'artifact', { ...placed, ...shown, name: 'text not null', has_custom_name: 'bool not null' }, ['unique (project_id, name)']),
    ...guarded(d, 'artifact'),
    table(d, 'artifact_version', {
      ...placed, artifact_id: child('artifact'), version: 'text not null', version_number: 'int', type: 'text not null', uri: 'text not null', artifact_store_id: 'text',
      materializer: 'text not null', data_type: 'text not null', save_type: 'text not null', content_hash: 'text', item_count: 'int',
    }, ['unique (artifact_id, version)']),
    ...listed('artifact_version'),
    'create index artifact_version_artifact on artifact_version (artifact_id, created, id)',
    table(d, 'artifact_visualization', { ...thing, artifact_version_id: child('artifact_version'), type: 'text not null', uri: 'text not null' }),
    'create index artifact_visualization_version on artifact_visualization (artifact_version_id)',
    table(d, 'step_input', {
      step_run_id: child('step_run'), name: 'text not null', place: 'int not null', artifact_version_id: child('artifact_version'), type: 'text not null', input_index: 'int', chunk_index: 'int', chunk_size: 'int',
    }, ['primary key (step_run_id, name, place)']),
    'create index step_input_version on step_input (artifact_version_id)',
    table(d, 'step_output', { step_run_id: child('step_run'), name: 'text not null', place: 'int not null', artifact_version_id: child('artifact_version') }, ['primary key (step_run_id, name, place)']),
    'create index step_output_version on step_output (artifact_version_id)',
    table(d, 'run_output', { pipeline_run_id: child('pipeline_run'), name: 'text not null', artifact_version_id: child('artifact_version') }, ['primary key (pipeline_run_id, name)']),
    'create index run_output_version on run_output (artifact_version_id)',
    table(d, 'logs', {
      ...placed, uri: 'text', source: 'text not null', artifact_store_id: 'text', log_store_id: 'text', pipeline_run_id: child('pipeline_run', ''), step_run_id: child('step_run', ''), hook_invocation_id: 'text',
    }),
    ...listed('logs'),
    'create index logs_run on logs (pipeline_run_id)',
    'create index logs_step on logs (step_run_id)',
    table(d, 'model_version_artifact', { ...thing, model_version_id: child('model_version'), artifact_version_id: child('artifact_version') }, ['unique (model_version_id, artifact_version_id)']),
    'create index model_version_artifact_version on model_version_artifact (artifact_version_id)',
    table(d, 'model_version_run', { ...thing, model_version_id: child('model_version'), pipeline_run_id: child('pipeline_run') }, ['unique (model_version_id, pipeline_run_id)']),
    'create index model_version_run_run on model_version_run (pipeline_run_id)',
  ],
};
