import { sql } from 'kysely';
import { computed, inProject, integer, nullable, oneOf, ref, standard, text, uuid } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { PINNED_ON } from './pinned.ts';

const on = (type: string) => nullable(ref(type, { tier: 'hidden', create: 'never', filter: false }));

export const curatedVisualization = defineResource({
  type: 'curated_visualization',
  path: 'curated_visualizations',
  table: 'curated_visualization',
  label: 'pinned visualization',
  group: 'ml',
  unique: [
    ['resource_type', 'resource_id', 'artifact_visualization_id'],
    ['resource_type', 'resource_id', 'display_order'],
  ],
  description: 'A visualization of an artifact version, pinned to a pipeline, run, snapshot, model, deployment or project.',
  fields: {
    ...standard(),
    user_id: nullable(ref('account', { create: 'never', filter: false })),
    ...inProject(),
    artifact_visualization_id: ref('artifact_visualization', { create: 'required' }),
    artifact_version_id: computed<string | null>(
      'uuid',
      (t, ctx) => sql`(select v.artifact_version_id from artifact_visualization as v where v.id = ${sql.ref(`${t}.artifact_visualization_id`)}
        and ${visible(ctx, ctx.registry.get('artifact_visualization'), 'read', 'v')})`,
    ),
    display_name: nullable(text({ update: true, max: 4000 })),
    display_order: nullable(integer({ min: 0, update: true })),
    layout_size: oneOf(['full_width', 'half_width'], { default: 'full_width', update: true }),
    resource_type: oneOf(Object.keys(PINNED_ON), { create: 'required' }),
    resource_id: uuid({ create: 'required' }),
    deployment_id: on('deployment'),
    model_id: on('model'),
    pipeline_id: on('pipeline'),
    pipeline_run_id: on('run'),
    pipeline_snapshot_id: on('pipeline_snapshot'),
    shown_project_id: on('project'),
  },
  // Judged by what it is pinned to: exactly one of these columns is set.
  access: {
    scope: 'parent',
    owner: null,
    share: false,
    parents: Object.values(PINNED_ON).map(({ type, by }) => ({ type, by, needs: { create: 'update', delete: 'update' } })),
  },
  relations: { user: one('account', { by: 'user_id' }), artifact_visualization: one('artifact_visualization', { by: 'artifact_visualization_id' }) },
  ignore: ['user'],
  // What it is pinned to is named by type and id: pinning.ts declares how it is made.
  without: ['list', 'create'],
  show: ['display_name', 'resource_type', 'layout_size'],
});
