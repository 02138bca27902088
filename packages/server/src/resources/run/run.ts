import { sql } from 'kysely';
import Type from 'typebox';
import { boolean, computed, datetime, inProject, integer, json, named, nullable, oneOf, owned, ref, shareable, standard, text } from '../../kernel/field.ts';
import { constant, defineResource, many, one } from '../../kernel/resource.ts';
import { pinned } from '../curated_visualization/pinned.ts';
import { metadataFilter, metadataOf } from '../run_metadata/metadata.ts';
import { isTemplatable } from '../run_template/templatable.ts';
import { activeCondition } from '../run_wait_condition/active.ts';
import { taggable } from '../tag/taggable.ts';
import { runFilters, runSorts } from './filters.ts';
import { clientEnvironment, orchestratorEnvironment, outputsOf, stepMetadata } from './related.ts';
import { afterRunUpdate, beforeRunRemove, beforeRunUpdate } from './run.update.ts';
import { STATUSES } from './status.ts';
import { executionInfo, triggerOf } from './triggered.ts';

const document = Type.Unsafe<Record<string, unknown>>({ type: 'object' });
const documents = Type.Optional(Type.Unsafe<readonly Record<string, unknown>[] | null>({ type: ['array', 'null'], items: { type: 'object' } }));
const metadata = { tier: 'metadata', create: 'never' } as const;
const hidden = { tier: 'hidden', create: 'never' } as const;
const tags = taggable('pipeline_run');
/** A value of the snapshot that the run shows as its own. */
const ofSnapshot = (column: string) => (t: string) => sql`(select s.${sql.ref(column)} from pipeline_snapshot as s where s.id = ${sql.ref(`${t}.snapshot_id`)})`;

export const run = defineResource({
  type: 'run',
  path: 'runs',
  aliases: ['workspaces/{project}/runs'],
  table: 'pipeline_run',
  label: 'run',
  group: 'ml',
  tally: true,
  unique: [
    ['project_id', 'name'],
    ['snapshot_id', 'orchestrator_run_id'],
  ],
  description: 'A pipeline as it ran, or runs.',
  fields: {
    ...standard(),
    ...named({ update: false }),
    ...owned(),
    ...inProject(),
    ...shareable(),
    status: oneOf(STATUSES, { create: 'required', update: true }),
    in_progress: boolean({ create: 'never' }),
    status_reason: nullable(text({ max: 65_535, update: true, filter: false })),
    index: integer({ create: 'never' }),
    pipeline_id: ref('pipeline', { create: 'never' }),
    child_key: nullable(text({ filter: false })),
    root_run_id: nullable(ref('run', { create: 'never' })),
    snapshot_id: nullable(ref('pipeline_snapshot', { input: 'snapshot', tier: 'hidden', create: 'required' })),
    stack_id: nullable(ref('stack', hidden)),
    build_id: nullable(ref('pipeline_build', hidden)),
    schedule_id: nullable(ref('schedule', hidden)),
    code_reference_id: nullable(ref('code_reference', { ...hidden, filter: false })),
    model_version_id: nullable(ref('model_version', hidden)),
    original_run_id: nullable(ref('run', { tier: 'hidden' })),
    parent_run_id: nullable(ref('run', { tier: 'hidden' })),
    config: json<Record<string, unknown>>(metadata),
    start_time: nullable(datetime({ tier: 'metadata' })),
    end_time: nullable(datetime({ tier: 'metadata' })),
    orchestrator_environment: json<Record<string, unknown>>({ tier: 'hidden', default: {}, schema: document }),
    orchestrator_run_id: nullable(text({ tier: 'metadata', update: true })),
    code_path: computed<string | null>('text', ofSnapshot('code_path'), { tier: 'metadata', filter: false }),
    template_id: computed<string | null>('uuid', ofSnapshot('template_id'), { tier: 'metadata' }),
    is_templatable: computed<boolean>('boolean', (t) => isTemplatable(sql.ref(`${t}.snapshot_id`)), { tier: 'metadata', filter: false }),
    trigger_info: nullable(json<Record<string, unknown>>({ tier: 'metadata', schema: document })),
    enable_heartbeat: boolean({ ...metadata, filter: false }),
    exception_info: nullable(json<Record<string, unknown>>({ tier: 'metadata', update: true, schema: document })),
  },
  access: { scope: 'project', owner: 'user_id', share: true, parents: [{ type: 'pipeline', by: 'pipeline_id', unless_private: true }] },
  relations: {
    user: one('account', { by: 'user_id' }),
    snapshot: one('pipeline_snapshot', { by: 'snapshot_id' }),
    source_snapshot: constant(null),
    stack: one('stack', { by: 'stack_id' }),
    pipeline: one('pipeline', { by: 'pipeline_id' }),
    build: one('pipeline_build', { by: 'build_id' }),
    schedule: one('schedule', { by: 'schedule_id' }),
    code_reference: one('code_reference', { by: 'code_reference_id' }),
    model_version: one('model_version', { by: 'model_version_id' }),
    ...tags.relations,
    log_collection: many('logs', { by: 'pipeline_run_id' }),
    visualizations: pinned('pipeline_run_id'),
    trigger: triggerOf,
    original_run: one('run', { by: 'original_run_id' }),
    parent_run: one('run', { by: 'parent_run_id' }),
    active_wait_condition: activeCondition,
    outputs: outputsOf,
    run_metadata: metadataOf('pipeline_run', stepMetadata),
    client_environment: clientEnvironment,
    orchestrator_environment: orchestratorEnvironment,
    trigger_execution_info: executionInfo,
  },
  filters: { ...tags.filters, ...runFilters, run_metadata: metadataFilter('pipeline_run') },
  sorts: runSorts,
  flags: ['include_full_metadata', 'include_python_packages', 'refresh_status'],
  inputs: {
    create: { ...tags.inputs.create, logs: Type.Optional(Type.Unsafe<string | Record<string, unknown> | null>({ type: ['string', 'object', 'null'] })) },
    update: {
      ...tags.inputs.update,
      outputs: Type.Optional(Type.Unsafe<Record<string, string> | null>({ type: ['object', 'null'], additionalProperties: { type: 'string' } })),
      add_logs: documents,
    },
  },
  ignore: ['user'],
  null_keeps: true,
  // Creating may find a run that waits to be taken over: run.create.ts declares it.
  without: ['create'],
  hooks: { update: beforeRunUpdate, updated: afterRunUpdate, remove: beforeRunRemove },
  show: ['name', 'pipeline', 'status', 'user', 'created'],
});
