import { inProject, integer, longText, named, nullable, owned, shareable, standard } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { latestRun } from '../run/latest.ts';
import { pinned } from '../curated_visualization/pinned.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';

const tags = taggable('pipeline');
const latest = latestRun('pipeline_id', 'pipeline');

export const pipeline = defineResource({
  type: 'pipeline',
  path: 'pipelines',
  aliases: ['workspaces/{project}/pipelines'],
  table: 'pipeline',
  label: 'pipeline',
  group: 'ml',
  tally: true,
  unique: [['project_id', 'name']],
  description: 'A pipeline by its name; its runs and snapshots belong to it.',
  fields: {
    ...standard(),
    ...named({ update: false }),
    ...owned(),
    ...inProject(),
    ...shareable(),
    description: nullable(longText({ tier: 'metadata', update: true })),
    run_count: integer({ tier: 'hidden', create: 'never', default: 0, filter: false }),
  },
  access: { scope: 'project', owner: 'user_id', share: true },
  relations: { user: one('account', { by: 'user_id' }), ...latest.relations, ...tags.relations, visualizations: pinned('pipeline_id') },
  filters: { ...tags.filters, ...latest.filters },
  sorts: latest.sorts,
  inputs: tags.inputs,
  ignore: ['user'],
  hooks: { ...tagHooks('pipeline'), create: () => ({ run_count: 0 }) },
  show: ['name', 'user', 'latest_run_status', 'created'],
});
