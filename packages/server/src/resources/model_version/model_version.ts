import Type from 'typebox';
import { inProject, integer, longText, nullable, owned, ref, standard, text } from '../../kernel/field.ts';
import { related } from '../../kernel/query.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { metadataFilter, metadataOf } from '../run_metadata/metadata.ts';
import { servicesOf } from '../service/services_of.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';
import { beforeModelVersion, beforeModelVersionUpdate } from './numbering.ts';

const tags = taggable('model_version');
const nameOrNot = Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 255 }));

export const modelVersion = defineResource({
  type: 'model_version',
  path: 'model_versions',
  aliases: ['workspaces/{project}/models/{model}/model_versions'],
  table: 'model_version',
  label: 'model version',
  group: 'ml',
  unique: [
    ['model_id', 'name'],
    ['model_id', 'number'],
    ['model_id', 'producer_run_id'],
  ],
  description: 'One version of a model, with the artifacts and runs that belong to it.',
  fields: {
    ...standard(),
    ...owned(),
    ...inProject(),
    name: text({ tier: 'top', create: 'never', update: true, min: 1 }),
    model_id: ref('model', { input: 'model', tier: 'hidden', create: 'required' }),
    number: integer({ create: 'never' }),
    stage: nullable(text({ update: true, max: 20 })),
    description: nullable(longText({ tier: 'metadata', update: true })),
    producer_run_id: nullable(ref('run', { tier: 'hidden', create: 'never' })),
  },
  access: { scope: 'parent', owner: null, share: false, actions: ['promote'], parents: [{ type: 'model', by: 'model_id', needs: { create: 'update' } }] },
  relations: {
    user: one('account', { by: 'user_id' }),
    model: one('model', { by: 'model_id', tier: 'body' }),
    ...tags.relations,
    run_metadata: metadataOf('model_version'),
    services: servicesOf,
  },
  filters: { ...tags.filters, model_name_or_id: related('model', 'model_id'), run_metadata: metadataFilter('model_version') },
  inputs: {
    create: { ...tags.inputs.create, name: nameOrNot },
    update: { ...tags.inputs.update, force: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })) },
  },
  ignore: ['user'],
  null_keeps: true,
  hooks: { ...tagHooks('model_version'), create: beforeModelVersion, update: beforeModelVersionUpdate },
  show: ['name', 'model', 'number', 'stage', 'created'],
});
