import { sql } from 'kysely';
import { boolean, computed, inProject, longText, named, nullable, owned, ref, standard } from '../../kernel/field.ts';
import { constant, defineResource, one } from '../../kernel/resource.ts';
import { columnThrough, filterThrough, pipelineSpec, repositoryThrough, templateOf, throughSnapshot } from '../pipeline_snapshot/through.ts';
import { latestRun } from '../run/latest.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';
import { beforeTemplate, beforeTemplateRemove } from './template.create.ts';

const SOURCE = 'source_snapshot_id';
const tags = taggable('run_template');
const { latest_run_id, latest_run_status } = latestRun('template_id', 'run_template').relations;

export const runTemplate = defineResource({
  type: 'run_template',
  path: 'run_templates',
  aliases: ['workspaces/{project}/run_templates'],
  table: 'run_template',
  label: 'run template',
  group: 'ml',
  unique: [['project_id', 'name']],
  description: 'A snapshot under a name of its own, to be started again. Newer clients name the snapshot itself.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    runnable: computed<boolean>(
      'boolean',
      (t) => sql`case when exists (select 1 from pipeline_snapshot as s join pipeline_build as b on b.id = s.build_id
      where s.id = ${sql.ref(`${t}.${SOURCE}`)} and b.is_local = 0 and b.stack_id is not null) then 1 else 0 end`,
      { filter: false },
    ),
    hidden: boolean({ default: false, update: true }),
    description: nullable(longText({ tier: 'metadata', update: true })),
    pipeline_id: ref('pipeline', { tier: 'hidden', create: 'never' }),
    source_snapshot_id: nullable(ref('pipeline_snapshot', { tier: 'hidden', create: 'required' })),
  },
  access: {
    scope: 'parent',
    owner: null,
    share: false,
    parents: [
      { type: 'pipeline', by: 'pipeline_id', needs: { create: 'update' } },
      { type: 'pipeline_snapshot', by: SOURCE, needs: { create: 'update' } },
    ],
  },
  relations: {
    user: one('account', { by: 'user_id' }),
    source_snapshot: one('pipeline_snapshot', { by: SOURCE }),
    pipeline: one('pipeline', { by: 'pipeline_id' }),
    build: throughSnapshot(SOURCE, 'pipeline_build', 'build_id'),
    code_reference: throughSnapshot(SOURCE, 'code_reference', 'code_reference_id'),
    ...tags.relations,
    latest_run_id,
    latest_run_status,
    pipeline_spec: pipelineSpec(SOURCE),
    config_template: templateOf(SOURCE),
    config_schema: constant(null, 'metadata'),
  },
  filters: {
    ...tags.filters,
    build_id: columnThrough(SOURCE, 'build_id'),
    stack_id: columnThrough(SOURCE, 'stack_id'),
    code_repository_id: repositoryThrough(SOURCE),
    stack: filterThrough(SOURCE, 'stack', 'stack_id'),
  },
  inputs: tags.inputs,
  ignore: ['user'],
  null_keeps: true,
  hooks: { ...tagHooks('run_template'), create: beforeTemplate, remove: beforeTemplateRemove },
  show: ['name', 'pipeline', 'runnable', 'created'],
});
