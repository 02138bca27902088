import { sql } from 'kysely';
import Type from 'typebox';
import { boolean, datetime, inProject, integer, json, longText, named, nullable, oneOf, owned, ref, standard, text, uuid } from '../../kernel/field.ts';
import { by, constant, defineResource, filter, many, one } from '../../kernel/resource.ts';
import { metadataFilter, metadataOf } from '../run_metadata/metadata.ts';
import { STATUSES } from '../run/status.ts';
import { inputsOf, outputsOf, parentsOf } from './artifacts.ts';
import { versionModel } from './filters.ts';
import { afterStepUpdate, beforeStepUpdate } from './step.update.ts';

const document = Type.Unsafe<Record<string, unknown>>({ type: 'object' });
const ids = { type: 'array', items: { type: 'string', maxLength: 36 }, maxItems: 10_000 };
const maps = Type.Optional(Type.Unsafe<Record<string, readonly string[]> | null>({ type: ['object', 'null'], additionalProperties: ids }));
const anything = Type.Optional(Type.Unsafe({}));
const fixed = { tier: 'metadata', create: 'never' } as const;

export const step = defineResource({
  type: 'step',
  path: 'steps',
  table: 'step_run',
  label: 'step',
  group: 'ml',
  unique: [['pipeline_run_id', 'name', 'version']],
  description: 'One try at one step of a run.',
  fields: {
    ...standard(),
    ...named({ update: false }),
    ...owned(),
    ...inProject(),
    type: nullable(text({ create: 'never' })),
    status: oneOf(STATUSES, { create: 'required', update: true }),
    version: integer({ create: 'never' }),
    is_retriable: boolean({ create: 'never' }),
    start_time: nullable(datetime()),
    end_time: nullable(datetime({ update: true })),
    latest_heartbeat: nullable(datetime({ create: 'never', filter: false })),
    heartbeat_threshold: nullable(integer({ create: 'never', filter: false })),
    model_version_id: nullable(ref('model_version', { create: 'never' })),
    substitutions: json<Record<string, string>>({ create: 'never' }),
    config: json<Record<string, unknown>>(fixed),
    spec: json<Record<string, unknown>>(fixed),
    cache_key: nullable(text({ tier: 'metadata' })),
    cache_expires_at: nullable(datetime({ tier: 'metadata', update: true })),
    code_hash: nullable(text({ tier: 'metadata' })),
    docstring: nullable(longText({ tier: 'metadata' })),
    source_code: nullable(text({ tier: 'metadata', max: 10_000_000, filter: false })),
    exception_info: nullable(json<Record<string, unknown>>({ tier: 'metadata', update: true, schema: document })),
    snapshot_id: nullable(uuid(fixed)),
    pipeline_run_id: ref('run', { tier: 'metadata', create: 'required' }),
    original_step_run_id: nullable(ref('step', { tier: 'metadata' })),
  },
  access: { scope: 'parent', owner: null, share: false, parents: [{ type: 'run', by: 'pipeline_run_id', needs: { create: 'update' } }] },
  relations: {
    user: one('account', { by: 'user_id' }),
    model_version: one('model_version', { by: 'model_version_id' }),
    log_collection: many('logs', { by: 'step_run_id' }),
    inputs: inputsOf,
    outputs: outputsOf,
    resource_request: constant(null),
    resource_request_id: constant(null, 'body'),
    parent_step_ids: parentsOf,
    run_metadata: metadataOf('step_run'),
  },
  filters: {
    run_metadata: metadataFilter('step_run'),
    model: versionModel,
    exclude_retried: filter('boolean', (t, is) => sql`(not (${is(sql`1`)}) or ${sql.ref(`${t}.status`)} <> 'retried')`),
    cache_expired: by('boolean', (t, ctx) => sql`case when ${sql.ref(`${t}.cache_expires_at`)} < ${ctx.now} then 1 else 0 end`),
  },
  inputs: {
    create: {
      inputs: maps,
      outputs: maps,
      logs: anything,
      dynamic_config: anything,
      parent_step_ids: anything,
      resource_requester: anything,
      resource_request_runtime: anything,
    },
    update: {
      outputs: maps,
      loaded_artifact_versions: Type.Optional(Type.Unsafe<Record<string, string> | null>({ type: ['object', 'null'], additionalProperties: { type: 'string' } })),
      add_logs: anything,
    },
  },
  ignore: ['user'],
  null_keeps: true,
  // Creating counts tries and reads the snapshot: step.create.ts declares it. Steps go with their run.
  without: ['create', 'remove'],
  hooks: { update: beforeStepUpdate, updated: afterStepUpdate },
  show: ['name', 'status', 'version', 'start_time', 'end_time'],
});
