// The artifacts and runs of a model version (wire.md 17.4). Judged by the model version.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { computed, ref, standard } from '../../kernel/field.ts';
import { by, defineResource, filter, one, type Access } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

const access: Access = {
  scope: 'parent',
  owner: null,
  share: false,
  parents: [{ type: 'model_version', by: 'model_version_id', needs: { create: 'update', delete: 'update' } }],
};
const version = {
  model_version_id: ref('model_version', { input: 'model_version', tier: 'hidden', create: 'required' }),
  model_version: computed<string>('uuid', (t) => sql.ref(`${t}.model_version_id`), { filter: false }),
};
/** Only what the caller may read can be asked for. */
const readable = (ctx: Context, type: string, t: string) => visible(ctx, ctx.registry.get(type), 'read', t);
const ofArtifact = (column: string) => (t: string, ctx: Context) =>
  sql`(select a.${sql.ref(column)} from artifact_version as v join artifact as a on a.id = v.artifact_id where v.id = ${sql.ref(`${t}.artifact_version_id`)} and ${readable(ctx, 'artifact_version', 'v')})`;
const ofRun = (t: string, ctx: Context) => sql`from pipeline_run as r where r.id = ${sql.ref(`${t}.pipeline_run_id`)} and ${readable(ctx, 'run', 'r')}`;
const kind = (t: string, ctx: Context) =>
  sql`(select v.type from artifact_version as v where v.id = ${sql.ref(`${t}.artifact_version_id`)} and ${readable(ctx, 'artifact_version', 'v')})`;
/** `true` keeps only artifacts of these types, `false` keeps all. */
const only = (not: boolean, ...types: readonly string[]) =>
  filter('boolean', (t, is, ctx) => sql`(not (${is(sql`1`)}) or ${kind(t, ctx)} ${not ? sql`not in` : sql`in`} (${sql.join(types)}))`);
const without = ['create', 'get', 'update', 'remove'] as const;

export const modelVersionArtifact = defineResource({
  type: 'model_version_artifact',
  path: 'model_version_artifacts',
  table: 'model_version_artifact',
  label: 'artifact of a model version',
  group: 'ml',
  unique: [['model_version_id', 'artifact_version_id']],
  fields: { ...standard(), ...version, artifact_version_id: ref('artifact_version', { input: 'artifact_version', tier: 'hidden', create: 'required' }) },
  access,
  relations: { artifact_version: one('artifact_version', { by: 'artifact_version_id', tier: 'body' }) },
  filters: {
    artifact_name: by('text', ofArtifact('name')),
    has_custom_name: by('boolean', ofArtifact('has_custom_name')),
    only_data_artifacts: only(true, 'ServiceArtifact', 'ModelArtifact'),
    only_model_artifacts: only(false, 'ModelArtifact'),
    only_deployment_artifacts: only(false, 'ServiceArtifact'),
    user: by(
      'text',
      (t, ctx) =>
        sql`(select u.name from artifact_version as v join account as u on u.id = v.user_id where v.id = ${sql.ref(`${t}.artifact_version_id`)} and ${readable(ctx, 'artifact_version', 'v')} and ${readable(ctx, 'account', 'u')})`,
    ),
  },
  ignore: ['user', 'project'],
  without,
  show: ['artifact_version', 'created'],
});

export const modelVersionRun = defineResource({
  type: 'model_version_run',
  path: 'model_version_pipeline_runs',
  table: 'model_version_run',
  label: 'run of a model version',
  group: 'ml',
  unique: [['model_version_id', 'pipeline_run_id']],
  fields: { ...standard(), ...version, pipeline_run_id: ref('run', { input: 'pipeline_run', tier: 'hidden', create: 'required' }) },
  access,
  relations: { pipeline_run: one('run', { by: 'pipeline_run_id', tier: 'body' }) },
  filters: {
    pipeline_run_name: by('text', (t, ctx) => sql`(select r.name ${ofRun(t, ctx)})`),
    user: by('text', (t, ctx) => sql`(select (select u.name from account as u where u.id = r.user_id and ${readable(ctx, 'account', 'u')}) ${ofRun(t, ctx)})`),
  },
  ignore: ['user', 'project'],
  without,
  show: ['pipeline_run', 'created'],
});
