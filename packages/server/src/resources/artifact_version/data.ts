// The data of artifact versions, read out of the artifact store in which the client wrote it.
import { sql } from 'kysely';
import Type from 'typebox';
import type { App } from '../../app.ts';
import { issueDownload, redeemDownload } from '../../auth/downloads.ts';
import { quietly, type Context } from '../../kernel/context.ts';
import { Invalid, NotFound } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { must } from '../../kernel/find.ts';
import { flag } from '../../kernel/query.ts';
import { authorize } from '../../kernel/refusal.ts';
import { action, onRow, open, type Operation, type Values } from '../../kernel/resource.ts';
import { remove } from '../../kernel/verbs/remove.ts';
import { archived, counted, downloadable } from '../../services/stores/archive.ts';
import { judgePlace, openStore } from '../../services/stores/open.ts';
import { previewOf } from '../../services/stores/preview.ts';
import { wholeFile, type Store } from '../../services/stores/store.ts';
import { artifactVersion } from './artifact_version.ts';
import { judgeUnused } from './removing.ts';

/** Where the data of a version lies, judged for the caller, who may read the version. */
const placeOf = async (ctx: Context, app: App, row: Values, action: 'read' | 'delete' = 'read'): Promise<{ store: Store; uri: string }> => {
  const store = await openStore(ctx, app, row['artifact_store_id'], 'artifact version');
  return { store, uri: await judgePlace(ctx, store, row['uri'], row['created'], action) };
};

const visualization = async (ctx: Context, app: App, row: Values, index: number): Promise<{ type: string; value: string }> => {
  const { rows } = await sql<{
    type: string;
    uri: string;
  }>`select type, uri from artifact_visualization where artifact_version_id = ${row['id']} order by created, id`.execute(ctx.db);
  const one = rows[index];
  if (one === undefined) throw new NotFound(`The artifact version '${row['id']}' has ${rows.length} visualizations; index ${index} is none of them`);
  const store = await openStore(ctx, app, row['artifact_store_id'], 'artifact version');
  const value = await wholeFile(store, await judgePlace(ctx, store, one.uri, row['created']), app.config.store_answer_bytes);
  return { type: one.type, value: value.toString(one.type === 'image' ? 'base64' : 'utf8') };
};

const nameOf = async (ctx: Context, row: Values): Promise<string> =>
  ((await ctx.db.selectFrom('artifact').select('name').where('id', '=', row['artifact_id']).executeTakeFirst())?.['name'] as string | undefined) ?? 'artifact';

const token = Type.Object({ token: Type.String({ maxLength: 200 }) }, { additionalProperties: true });
const index = Type.Object({ index: Type.Optional(Type.String({ pattern: '^-?\\d{1,9}$' })) }, { additionalProperties: true });

/** The operations on the data of versions. */
export const versionData = (app: App): readonly Operation[] => [
  action(artifactVersion, {
    name: 'visualize',
    method: 'GET',
    path: '/{artifact_version_id}/visualize',
    needs: onRow('read'),
    writes: false,
    query: index,
    description: 'A visualization that the client saved: its text, or an image in base64. It was written by whoever ran the step: show HTML in a sandboxed frame.',
    run: async (ctx, { row, query }) => ({ body: await visualization(ctx, app, row as Values, Number(query.index ?? 0)) }),
  }),
  action(artifactVersion, {
    name: 'preview',
    method: 'GET',
    path: '/{artifact_version_id}/preview',
    needs: onRow('read'),
    writes: false,
    description: 'The files of an artifact version with their sizes, and the beginning of what is JSON, text or a table.',
    run: async (ctx, { row }) => {
      const { store, uri } = await placeOf(ctx, app, row as Values);
      return { body: await previewOf(store, uri) };
    },
  }),
  action(artifactVersion, {
    name: 'download_token',
    method: 'GET',
    path: '/{artifact_version_id}/download-token',
    needs: onRow('read'),
    writes: true,
    tells_once: true,
    description: 'A token with which the data of this version can be downloaded for half a minute.',
    prepare: async (ctx, _input, { artifact_version_id: id = '' }) => {
      const { store, uri } = await placeOf(ctx, app, await must(ctx, artifactVersion, id));
      await downloadable(store, uri, app.config.download_bytes);
    },
    run: async (ctx, { row }) => ({ body: await issueDownload(ctx, 'artifact_data', row.id) }),
  }),
  action(artifactVersion, {
    name: 'data',
    method: 'GET',
    path: '/{artifact_version_id}/data',
    needs: open('the token in the address says who asks, and for which one thing'),
    writes: false,
    query: token,
    description: 'The data of an artifact version as a .tar.gz, for a download token.',
    run: async (ctx, { params, query }) => {
      const id = canonicalUuid(params['artifact_version_id'] ?? '');
      if (id === null) throw new Invalid('The id of an artifact version is a UUID');
      const as = await redeemDownload(ctx, app, 'artifact_data', id, query.token);
      const row = await must(as, artifactVersion, id);
      const { store, uri } = await placeOf(as, app, row);
      const files = await downloadable(store, uri, app.config.download_bytes);
      const base = uri.split('/').at(-1)!;
      return {
        body: null,
        file: {
          name: `${await nameOf(as, row)}-${row['version']}.tar.gz`,
          type: 'application/gzip',
          stream: counted(app.config.downloads_at_once, () => archived(store, files, base)),
        },
      };
    },
  }),
  action(artifactVersion, {
    name: 'remove_data',
    method: 'DELETE',
    path: '/{id}/data',
    needs: onRow('delete'),
    writes: true,
    query: Type.Object(
      Object.fromEntries(['and_version', 'delete_metadata', 'delete_from_artifact_store'].map((name) => [name, Type.Optional(Type.String({ maxLength: 10 }))])),
      { additionalProperties: true },
    ),
    description: 'Remove the data of an artifact version from its store; and_version removes the version too.',
    instead: { of: 'artifact_version', verb: 'remove', when: (_ctx, _id, query) => saidByClient(query) && (doomed(query).data || !doomed(query).version) },
    prepare: async (ctx, _input, { id = '' }, query) => {
      const row = await authorize(ctx, artifactVersion, id, 'delete');
      if (doomed(query).version) await judgeUnused(ctx, row as { id: string });
      if (!doomed(query).data) return;
      const { store, uri } = await placeOf(ctx, app, row, 'delete');
      await store.remove(uri);
    },
    run: async (ctx, { row, rawQuery, note }) => {
      const { data, version } = doomed(rawQuery as Values);
      note({ changes: { data, version } });
      if (version) await remove(quietly(ctx), artifactVersion, row.id);
      return { body: null, idle: !data && !version };
    },
  }),
];

const saidByClient = (query: Values): boolean => query['delete_metadata'] !== undefined || query['delete_from_artifact_store'] !== undefined;
/** What goes: the client says it with the removal of a version (wire.md 15.3), our own operation is about the data. */
const doomed = (query: Values): { readonly data: boolean; readonly version: boolean } => {
  const said = (name: string, otherwise: boolean) => flag(name, query[name] as string | undefined, otherwise);
  return saidByClient(query)
    ? { data: said('delete_from_artifact_store', false), version: said('delete_metadata', true) }
    : { data: true, version: said('and_version', false) };
};
