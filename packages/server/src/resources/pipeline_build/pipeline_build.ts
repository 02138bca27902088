import { sql } from 'kysely';
import Type from 'typebox';
import { boolean, inProject, integer, json, nullable, owned, ref, standard, text } from '../../kernel/field.ts';
import { defineResource, filter, one } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { judgedByPipeline, ownWithout } from '../pipeline/judged.ts';

export const pipelineBuild = defineResource({
  type: 'pipeline_build',
  path: 'pipeline_builds',
  aliases: ['workspaces/{project}/pipeline_builds'],
  table: 'pipeline_build',
  label: 'build',
  group: 'ml',
  description: 'The images that were built for a pipeline on a stack.',
  fields: {
    ...standard(),
    ...owned(),
    ...inProject(),
    pipeline_id: nullable(ref('pipeline', { input: 'pipeline', tier: 'hidden' })),
    stack_id: nullable(ref('stack', { input: 'stack', tier: 'hidden' })),
    images: json<Record<string, unknown>>({ tier: 'metadata', default: {}, schema: Type.Unsafe({ type: 'object' }) }),
    is_local: boolean({ tier: 'metadata', create: 'required' }),
    contains_code: boolean({ tier: 'metadata', create: 'required' }),
    zenml_version: nullable(text({ tier: 'metadata' })),
    python_version: nullable(text({ tier: 'metadata' })),
    checksum: nullable(text({ tier: 'metadata' })),
    stack_checksum: nullable(text({ tier: 'metadata' })),
    duration: nullable(integer({ tier: 'metadata' })),
  },
  access: { ...judgedByPipeline, also: ownWithout('pipeline', 'pipeline_id') },
  relations: {
    user: one('account', { by: 'user_id' }),
    pipeline: one('pipeline', { by: 'pipeline_id', tier: 'metadata' }),
    stack: one('stack', { by: 'stack_id', tier: 'metadata' }),
  },
  filters: {
    container_registry_id: filter(
      'uuid',
      (t, is, ctx) => sql`exists (select 1 from stack_composition as sc join stack_component as c on c.id = sc.component_id and c.type = 'container_registry'
      where sc.stack_id = ${sql.ref(`${t}.stack_id`)} and ${is(sql.ref('c.id'))} and ${visible(ctx, ctx.registry.get('stack_component'), 'read', 'c')})`,
      { negate_outside: true },
    ),
  },
  ignore: ['user'],
  without: ['update'],
  hooks: { create: (ctx) => ({ user_id: ctx.actor.id || null }) },
  show: ['id', 'is_local', 'created'],
});
