import { boolean, inProject, named, owned, shareable, standard } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';
import { latestVersion } from './latest.ts';

const tags = taggable('artifact');
const latest = latestVersion('artifact_version', 'artifact_id', 'version', { latest_version_type: 'type' });

export const artifact = defineResource({
  type: 'artifact',
  path: 'artifacts',
  table: 'artifact',
  label: 'artifact',
  group: 'ml',
  tally: true,
  unique: [['project_id', 'name']],
  description: 'What steps produce and load, by name; each time it is written it gets a version.',
  fields: { ...standard(), ...named(), ...owned(), ...inProject(), ...shareable(), has_custom_name: boolean({ tier: 'metadata', default: false, update: true }) },
  access: { scope: 'project', owner: 'user_id', share: true, actions: ['prune'] },
  relations: { user: one('account', { by: 'user_id' }), ...latest.relations, ...tags.relations },
  filters: tags.filters,
  sorts: latest.sorts,
  inputs: tags.inputs,
  ignore: ['user'],
  null_keeps: true,
  hooks: tagHooks('artifact'),
  show: ['name', 'latest_version_name', 'user', 'created'],
});
