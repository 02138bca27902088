import { sql } from 'kysely';
import Type from 'typebox';
import { boolean, computed, inProject, integer, json, longText, nullable, owned, ref, standard, text, uuid } from '../../kernel/field.ts';
import { by, constant, defineResource, filter, one } from '../../kernel/resource.ts';
import { latestRun } from '../run/latest.ts';
import { pinned } from '../curated_visualization/pinned.ts';
import { startedBy } from '../run/triggered.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';
import { isDeployable, isDeployed, isRunnable, deploymentOf } from './deployed.ts';
import { ownTemplate } from './config_template.ts';
import { beforeSnapshot, beforeSnapshotUpdate, keepSteps } from './snapshot.create.ts';
import { stepConfigurations } from './steps.ts';

const document = Type.Unsafe<Record<string, unknown>>({ type: 'object' });
const nameOrNot = Type.Optional(Type.Unsafe<string | boolean | null>({ type: ['string', 'boolean', 'null'], maxLength: 255 }));
const replace = Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] }));
const tags = taggable('pipeline_snapshot');
const latest = latestRun('snapshot_id', 'pipeline_snapshot');
const metadata = { tier: 'metadata', filter: false } as const;

export const pipelineSnapshot = defineResource({
  type: 'pipeline_snapshot',
  path: 'pipeline_snapshots',
  aliases: ['pipeline_deployments', 'workspaces/{project}/pipeline_deployments'],
  table: 'pipeline_snapshot',
  label: 'snapshot',
  group: 'ml',
  unique: [['pipeline_id', 'name']],
  description: 'A pipeline with its configuration at one moment: what runs run.',
  fields: {
    ...standard(),
    ...owned(),
    ...inProject(),
    name: nullable(text({ tier: 'top', create: 'never' })),
    pipeline_id: ref('pipeline', { input: 'pipeline', create: 'required' }),
    runnable: computed<boolean>('boolean', isRunnable),
    deployable: computed<boolean>('boolean', isDeployable),
    is_dynamic: boolean({ default: false }),
    stack_id: nullable(ref('stack', { input: 'stack', tier: 'hidden' })),
    build_id: nullable(ref('pipeline_build', { input: 'build', tier: 'hidden' })),
    schedule_id: nullable(ref('schedule', { input: 'schedule', tier: 'hidden' })),
    code_reference_id: nullable(ref('code_reference', { tier: 'hidden', create: 'never', filter: false })),
    description: nullable(longText({ tier: 'metadata', update: true })),
    source_code: nullable(text({ ...metadata, max: 10_000_000 })),
    run_name_template: text({ ...metadata, create: 'required', max: 2000 }),
    pipeline_configuration: json<Record<string, unknown>>({ tier: 'metadata', create: 'required', schema: document }),
    client_environment: json<Record<string, unknown>>({ tier: 'metadata', default: {}, schema: document }),
    client_version: nullable(text(metadata)),
    server_version: nullable(text(metadata)),
    pipeline_version_hash: nullable(text(metadata)),
    pipeline_spec: nullable(json<Record<string, unknown>>({ tier: 'metadata', schema: document })),
    code_path: nullable(text({ ...metadata, max: 4000 })),
    template_id: nullable(uuid({ tier: 'metadata', input: 'template' })),
    source_snapshot_id: nullable(ref('pipeline_snapshot', { tier: 'metadata', input: 'source_snapshot' })),
    step_count: integer({ tier: 'hidden', create: 'never', filter: false }),
  },
  access: { scope: 'parent', owner: null, share: false, parents: [{ type: 'pipeline', by: 'pipeline_id', needs: { create: 'update' } }] },
  relations: {
    user: one('account', { by: 'user_id' }),
    pipeline: one('pipeline', { by: 'pipeline_id' }),
    stack: one('stack', { by: 'stack_id' }),
    build: one('pipeline_build', { by: 'build_id' }),
    schedule: one('schedule', { by: 'schedule_id' }),
    code_reference: one('code_reference', { by: 'code_reference_id' }),
    deployment: deploymentOf,
    ...tags.relations,
    ...latest.relations,
    visualizations: pinned('pipeline_snapshot_id'),
    step_configurations: stepConfigurations,
    config_template: ownTemplate,
    config_schema: constant(null, 'metadata'),
  },
  filters: {
    ...tags.filters,
    trigger_id: startedBy,
    latest_run_status: latest.filters.latest_run_status,
    named_only: filter('boolean', (t, is) => sql`(not (${is(sql`1`)}) or ${sql.ref(`${t}.name`)} is not null)`),
    deployed: by('boolean', isDeployed),
  },
  flags: ['step_configuration_filter', 'include_config_schema'],
  inputs: {
    create: {
      ...tags.inputs.create,
      name: nameOrNot,
      replace,
      step_configurations: Type.Optional(document),
      code_reference: Type.Optional(Type.Unsafe<Record<string, unknown> | null>({ type: ['object', 'null'] })),
    },
    update: { ...tags.inputs.update, name: nameOrNot, replace },
  },
  ignore: ['user'],
  hooks: {
    ...tagHooks('pipeline_snapshot'),
    create: beforeSnapshot,
    created: async (ctx, row, input) => {
      await keepSteps(ctx, row.id, input['step_configurations']);
      await tagHooks('pipeline_snapshot').created(ctx, row, input);
    },
    update: beforeSnapshotUpdate,
  },
  show: ['name', 'pipeline', 'runnable', 'created'],
});
