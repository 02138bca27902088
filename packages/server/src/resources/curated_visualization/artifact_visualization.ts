import { longText, ref, standard, text } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';

export const artifactVisualization = defineResource({
  type: 'artifact_visualization',
  path: null,
  table: 'artifact_visualization',
  label: 'visualization',
  group: 'ml',
  description: 'A picture, table or page that was made of an artifact version.',
  fields: {
    ...standard(),
    type: text({ create: 'never' }),
    uri: longText({ create: 'never' }),
    artifact_version_id: ref('artifact_version', { tier: 'metadata', create: 'never' }),
  },
  access: { scope: 'parent', owner: null, share: false, parents: [{ type: 'artifact_version', by: 'artifact_version_id' }] },
  relations: { artifact_version: one('artifact_version', { by: 'artifact_version_id' }) },
  show: ['type', 'uri'],
});
