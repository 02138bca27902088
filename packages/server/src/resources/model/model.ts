import { boolean, inProject, longText, named, nullable, owned, shareable, standard } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { latestVersion } from '../artifact/latest.ts';
import { pinned } from '../curated_visualization/pinned.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';

const tags = taggable('model');
const latest = latestVersion('model_version', 'model_id', 'name');
const about = () => nullable(longText({ tier: 'metadata', update: true }));

export const model = defineResource({
  type: 'model',
  path: 'models',
  aliases: ['workspaces/{project}/models'],
  table: 'model',
  label: 'model',
  group: 'ml',
  tally: true,
  unique: [['project_id', 'name']],
  description: 'A model by its name; its versions belong to it.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    ...shareable(),
    license: about(),
    description: about(),
    audience: about(),
    use_cases: about(),
    limitations: about(),
    trade_offs: about(),
    ethics: about(),
    save_models_to_registry: boolean({ tier: 'metadata', default: true, update: true }),
  },
  access: { scope: 'project', owner: 'user_id', share: true, actions: ['promote', 'prune'] },
  relations: { user: one('account', { by: 'user_id' }), ...latest.relations, ...tags.relations, visualizations: pinned('model_id') },
  filters: tags.filters,
  sorts: latest.sorts,
  inputs: tags.inputs,
  ignore: ['user'],
  null_keeps: true,
  hooks: tagHooks('model'),
  show: ['name', 'latest_version_name', 'user', 'created'],
});
