// Linking and unlinking artifacts and runs, and the versions of one model (wire.md 17.4).
import { sql } from 'kysely';
import { quietly, type Context } from '../../kernel/context.ts';
import { NotFound } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { must } from '../../kernel/find.ts';
import { action, onRow, signedIn, toCreate, type Operation, type Resource, type Values } from '../../kernel/resource.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { list } from '../../kernel/verbs/list.ts';
import { visible } from '../../kernel/visible.ts';
import { model } from '../model/model.ts';
import { modelVersionArtifact, modelVersionRun } from './links.ts';
import { modelVersion } from './model_version.ts';

/** POST of a link: the one that is there already, or a new one. */
const link = (resource: Resource, column: string, name: string): Operation =>
  action(resource as never, {
    name: 'create',
    method: 'POST',
    path: '',
    needs: toCreate,
    writes: true,
    input: inputSchema(resource, 'create', () => false),
    description: `Add a ${name.replaceAll('_', ' ')} to a model version.`,
    run: async (ctx, call) => {
      const given = call.input as Values;
      const ids = { model_version_id: canonicalUuid(given['model_version']), [column]: canonicalUuid(given[name]) };
      const known = await sql<{
        id: string;
      }>`select id from ${sql.table(resource.table)} where model_version_id = ${ids['model_version_id']} and ${sql.ref(column)} = ${ids[column]}`.execute(ctx.db);
      const id = known.rows[0]?.id ?? ((await insert(quietly(ctx), resource, { model_version: given['model_version'], [name]: given[name] }))['id'] as string);
      call.note({ target: { id }, changes: ids });
      return { body: await get(ctx, resource, id, { hydrate: false }) };
    },
  });

/** Takes one link away, by its id, the linked thing's id, or the name of one that the caller may read: a name can be guessed. Throws NotFound. */
const unlink = async (ctx: Context, table: string, model_version_id: string, found: ReturnType<typeof sql>, word: string): Promise<void> => {
  const { rows } = await sql<{
    id: string;
  }>`select l.id from ${sql.table(table)} as l where l.model_version_id = ${model_version_id} and (l.id = ${canonicalUuid(word) ?? ''} or ${found})`.execute(ctx.db);
  if (rows.length === 0) throw new NotFound(`The model version has nothing called '${word}'`);
  for (const row of rows) await ctx.db.deleteFrom(table).where('id', '=', row.id).execute();
};

export const modelOperations: readonly Operation[] = [
  link(modelVersionArtifact, 'artifact_version_id', 'artifact_version'),
  link(modelVersionRun, 'pipeline_run_id', 'pipeline_run'),
  action(modelVersion, {
    name: 'unlink',
    method: 'DELETE',
    path: '/{model_version_id}/artifacts/{link}',
    needs: onRow('update'),
    writes: true,
    description: 'Take an artifact away from a model version.',
    run: async (ctx, { row, params }) => {
      const word = params['link'] ?? '';
      await unlink(
        ctx,
        'model_version_artifact',
        row.id,
        sql`l.artifact_version_id = ${canonicalUuid(word) ?? ''} or l.artifact_version_id in (select v.id from artifact_version as v join artifact as a on a.id = v.artifact_id where a.name = ${word} and ${visible(ctx, ctx.registry.get('artifact_version'), 'read', 'v')})`,
        word,
      );
      return { body: null };
    },
  }),
  action(modelVersion, {
    name: 'unlink_all',
    method: 'DELETE',
    path: '/{model_version_id}/artifacts',
    needs: onRow('update'),
    writes: true,
    description: 'Take all artifacts away from a model version.',
    run: async (ctx, { row }) => {
      await ctx.db.deleteFrom('model_version_artifact').where('model_version_id', '=', row.id).execute();
      return { body: null };
    },
  }),
  action(modelVersion, {
    name: 'unlink_run',
    method: 'DELETE',
    path: '/{model_version_id}/runs/{link}',
    needs: onRow('update'),
    writes: true,
    description: 'Take a run away from a model version.',
    run: async (ctx, { row, params }) => {
      const word = params['link'] ?? '';
      await unlink(
        ctx,
        'model_version_run',
        row.id,
        sql`l.pipeline_run_id = ${canonicalUuid(word) ?? ''} or l.pipeline_run_id in (select r.id from pipeline_run as r where r.name = ${word} and r.project_id = ${row.project_id} and ${visible(ctx, ctx.registry.get('run'), 'read', 'r')})`,
        word,
      );
      return { body: null };
    },
  }),
  action(model, {
    name: 'versions',
    method: 'GET',
    path: '/{model_name_or_id}/model_versions',
    needs: signedIn('the versions are filtered by what the caller may read'),
    writes: false,
    description: 'The versions of a model.',
    run: async (ctx, { params, rawQuery }) => {
      const word = params['model_name_or_id'] ?? '';
      const id = canonicalUuid(word);
      if (id === null) return { body: await list(ctx, modelVersion, { ...rawQuery, model: `equals:${word}` }) };
      const { project_id } = await must(ctx, model, id, 'read', ['id', 'project_id']);
      return { body: await list(ctx, modelVersion, { project: project_id, ...rawQuery, model: `equals:${id}` }) };
    },
  }),
];
