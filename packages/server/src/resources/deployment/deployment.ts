import { inProject, json, longText, named, nullable, oneOf, owned, ref, shareable, standard, text } from '../../kernel/field.ts';
import Type from 'typebox';
import { sql } from 'kysely';
import { defineResource, one } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { pinned } from '../curated_visualization/pinned.ts';
import { filterThrough, throughSnapshot } from '../pipeline_snapshot/through.ts';
import { authKey, beforeDeployment, beforeDeploymentUpdate } from './deploying.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';

const STATUSES = ['unknown', 'pending', 'running', 'absent', 'error'] as const;
const tags = taggable('deployment');

export const deployment = defineResource({
  type: 'deployment',
  path: 'deployments',
  table: 'deployment',
  label: 'deployment',
  group: 'ml',
  tally: true,
  unique: [['project_id', 'name']],
  description: 'A snapshot that a deployer keeps running behind an address.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    ...shareable(),
    url: nullable(longText({ create: 'never', update: true, filter: true })),
    status: oneOf(STATUSES, { create: 'never', update: true }),
    deployment_metadata: json<Record<string, unknown>>({ tier: 'metadata', create: 'never', update: true, schema: Type.Unsafe({ type: 'object' }) }),
    auth_key: nullable(text({ tier: 'hidden', update: true, max: 65_535, filter: false, secret: true })),
    snapshot_id: nullable(ref('pipeline_snapshot', { tier: 'hidden', create: 'required', update: true })),
    deployer_id: nullable(ref('stack_component', { tier: 'hidden', create: 'required' })),
  },
  access: { scope: 'project', owner: 'user_id', share: true },
  relations: {
    user: one('account', { by: 'user_id' }),
    snapshot: one('pipeline_snapshot', { by: 'snapshot_id' }),
    deployer: one('stack_component', { by: 'deployer_id' }),
    pipeline: throughSnapshot('snapshot_id', 'pipeline', 'pipeline_id'),
    stack: throughSnapshot('snapshot_id', 'stack', 'stack_id'),
    visualizations: pinned('deployment_id'),
    auth_key: authKey,
    ...tags.relations,
  },
  filters: { ...tags.filters, pipeline: filterThrough('snapshot_id', 'pipeline', 'pipeline_id') },
  sorts: {
    pipeline: (t, ctx) =>
      sql`(select p.name from pipeline_snapshot as s join pipeline as p on p.id = s.pipeline_id where s.id = ${sql.ref(`${t}.snapshot_id`)} and ${visible(ctx, ctx.registry.get('pipeline'), 'read', 'p')})`,
    snapshot: (t, ctx) =>
      sql`(select s.name from pipeline_snapshot as s where s.id = ${sql.ref(`${t}.snapshot_id`)} and ${visible(ctx, ctx.registry.get('pipeline_snapshot'), 'read', 's')})`,
  },
  inputs: tags.inputs,
  ignore: ['user'],
  null_keeps: true,
  hooks: { ...tagHooks('deployment'), create: beforeDeployment, update: beforeDeploymentUpdate },
  show: ['name', 'status', 'url', 'created'],
});
