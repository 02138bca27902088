import { sql } from 'kysely';
import Type from 'typebox';
import { inProject, integer, json, nullable, oneOf, owned, ref, standard, text } from '../../kernel/field.ts';
import { defineResource, one } from '../../kernel/resource.ts';
import { metadataFilter, metadataOf } from '../run_metadata/metadata.ts';
import { taggable, tagHooks } from '../tag/taggable.ts';
import { versionFilters } from './filters.ts';
import { producerRun, producerStep, visualizationsOf } from './related.ts';
import { ofMaker } from './privacy.ts';
import { beforeVersionRemove } from './removing.ts';

const TYPES = ['DataAnalysisArtifact', 'DataArtifact', 'ModelArtifact', 'SchemaArtifact', 'ServiceArtifact', 'StatisticsArtifact', 'BaseArtifact'] as const;
const source = Type.Unsafe<Record<string, unknown>>({ type: 'object' });
const anyObject = Type.Optional(Type.Unsafe<Record<string, unknown> | null>({ type: ['object', 'null'] }));
const visualizations = Type.Optional(
  Type.Unsafe<readonly { readonly type: string; readonly uri: string }[] | null>({
    type: ['array', 'null'],
    items: { type: 'object', properties: { type: { type: 'string', maxLength: 40 }, uri: { type: 'string', maxLength: 65_535 } }, required: ['type', 'uri'] },
  }),
);
const flag = Type.Optional(Type.String({ maxLength: 10 }));
const tags = taggable('artifact_version');

export const artifactVersion = defineResource({
  type: 'artifact_version',
  path: 'artifact_versions',
  table: 'artifact_version',
  label: 'artifact version',
  group: 'ml',
  unique: [['artifact_id', 'version']],
  description: 'What one step wrote, once.',
  fields: {
    ...standard(),
    ...owned(),
    ...inProject(),
    artifact_id: ref('artifact', { tier: 'hidden' }),
    version: text({ create: 'never' }),
    version_number: nullable(integer({ tier: 'hidden', create: 'never' })),
    uri: text({ create: 'required', max: 65_535 }),
    type: oneOf(TYPES, { create: 'required' }),
    materializer: json<Record<string, unknown>>({ create: 'required', schema: source }),
    data_type: json<Record<string, unknown>>({ create: 'required', schema: source }),
    save_type: oneOf(['step_output', 'manual', 'preexisting', 'external'], { create: 'required' }),
    artifact_store_id: nullable(ref('stack_component')),
    content_hash: nullable(text()),
    item_count: nullable(integer({ filter: false })),
    // A private run's version is as private as the run, whatever its artifact is: privacy.ts.
    private_run_id: nullable(ref('run', { tier: 'hidden', create: 'never', filter: false })),
  },
  access: {
    scope: 'parent',
    owner: null,
    share: false,
    parents: [
      { type: 'artifact', by: 'artifact_id', needs: { create: 'update' }, unless_set: 'private_run_id' },
      { type: 'run', by: 'private_run_id', needs: { create: 'update' }, rare: true },
    ],
    maker: 'user_id',
    maker_where: 'private_run_id',
    also: ofMaker,
  },
  relations: {
    user: one('account', { by: 'user_id' }),
    artifact: one('artifact', { by: 'artifact_id', tier: 'body' }),
    ...tags.relations,
    producer_step_run_id: producerStep,
    producer_pipeline_run_id: producerRun,
    visualizations: visualizationsOf,
    run_metadata: metadataOf('artifact_version'),
  },
  filters: { ...tags.filters, ...versionFilters, run_metadata: metadataFilter('artifact_version') },
  sorts: { artifact: (t) => sql`(select a.name from artifact as a where a.id = ${sql.ref(`${t}.artifact_id`)})` },
  inputs: {
    create: {
      ...tags.inputs.create,
      artifact_name: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 1, maxLength: 255 })),
      version: Type.Optional(Type.Unsafe<string | number | null>({ type: ['string', 'integer', 'null'], maxLength: 255 })),
      has_custom_name: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })),
      visualizations,
      metadata: anyObject,
    },
    update: { ...tags.inputs.update, name: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'] })) },
    remove: { delete_metadata: flag, delete_from_artifact_store: flag },
  },
  ignore: ['user'],
  null_keeps: true,
  // Creating makes the artifact where there is none, and counts: version.create.ts declares it.
  without: ['create'],
  hooks: { updated: tagHooks('artifact_version').updated, remove: beforeVersionRemove },
  show: ['artifact', 'version', 'type', 'created'],
});
