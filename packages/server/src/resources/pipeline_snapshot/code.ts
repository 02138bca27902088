// The code of snapshots, which the client uploaded to the artifact store.
import { sql } from 'kysely';
import Type from 'typebox';
import type { App } from '../../app.ts';
import { issueDownload, redeemDownload } from '../../auth/downloads.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed, Refused } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { must } from '../../kernel/find.ts';
import { action, onRow, open, type Operation, type Values } from '../../kernel/resource.ts';
import { counted, plain } from '../../services/stores/archive.ts';
import { judgeCode, openStore } from '../../services/stores/open.ts';
import { nothingAt, type Store } from '../../services/stores/store.ts';
import { pipelineSnapshot } from './pipeline_snapshot.ts';

/** The archive of a snapshot that the caller may read, with its stack and the stack's artifact store. Throws Refused where it has none. */
const codeOf = async (ctx: Context, app: App, row: Values): Promise<{ store: Store; uri: string; size: number }> => {
  if (!row['code_path']) throw new Refused('This snapshot has no code: the client uploads it only where the code is needed elsewhere');
  if (!row['stack_id']) throw new Refused('This snapshot has no stack any more, so nobody knows where its code lies');
  await must(ctx, ctx.registry.get('stack'), row['stack_id'], 'read', ['id']);
  const { rows } = await sql<{ id: string }>`select c.id from stack_composition as l join stack_component as c on c.id = l.component_id
    where l.stack_id = ${row['stack_id']} and c.type = 'artifact_store' order by c.created, c.id`.execute(ctx.db);
  const store = await openStore(ctx, app, rows[0]?.id, 'stack of the snapshot');
  const uri = judgeCode(store, row['code_path']);
  const entry = await store.stat(uri);
  if (entry?.kind !== 'file') throw nothingAt(store, uri);
  if (entry.size > app.config.download_bytes)
    throw new NotAllowed(`The code has ${entry.size} bytes; this server lets at most ${app.config.download_bytes} be downloaded (ZENDO_DOWNLOAD_BYTES)`);
  return { store, uri, size: entry.size };
};

/** The operations on the code of snapshots. */
export const snapshotCode = (app: App): readonly Operation[] => [
  action(pipelineSnapshot, {
    name: 'download_token',
    method: 'GET',
    path: '/{snapshot_id}/download-token',
    needs: onRow('read'),
    writes: true,
    tells_once: true,
    description: 'A token with which the code of this snapshot can be downloaded for half a minute.',
    prepare: async (ctx, _input, { snapshot_id = '' }) => codeOf(ctx, app, await must(ctx, pipelineSnapshot, snapshot_id)),
    run: async (ctx, { row }) => ({ body: await issueDownload(ctx, 'snapshot_code', row.id) }),
  }),
  action(pipelineSnapshot, {
    name: 'code',
    method: 'GET',
    path: '/{snapshot_id}/code',
    needs: open('the token in the address says who asks, and for which one thing'),
    writes: false,
    query: Type.Object({ token: Type.String({ maxLength: 200 }) }, { additionalProperties: true }),
    description: 'The code of a snapshot as the client uploaded it, for a download token.',
    run: async (ctx, { params, query }) => {
      const id = canonicalUuid(params['snapshot_id'] ?? '');
      if (id === null) throw new Invalid('The id of a snapshot is a UUID');
      const as = await redeemDownload(ctx, app, 'snapshot_code', id, query.token);
      const file = await codeOf(as, app, await must(as, pipelineSnapshot, id));
      return { body: null, file: { name: `${id}-code.tar.gz`, type: 'application/gzip', stream: counted(app.config.downloads_at_once, () => plain(file.store, file)) } };
    },
  }),
];
