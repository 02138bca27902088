// Knows: which component becomes which store, and which things in a store a caller may reach. Must not know: HTTP, how a store reads.
import { sql, type RawBuilder } from 'kysely';
import type { App } from '../../app.ts';
import type { Context } from '../../kernel/context.ts';
import { NotAllowed, NotFound, Unavailable } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { decodeRow } from '../../kernel/present.ts';
import type { Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { localRoot, localStore } from './local.ts';
import { s3Component, type Component } from './s3_component.ts';
import { below, type Store } from './store.ts';

/** Paths of local stores that the caller may not read. */
const hiddenPaths = async (ctx: Context, id: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ configuration: string }>`select t.configuration from stack_component as t
    where t.type = 'artifact_store' and t.flavor_name = 'local' and t.id <> ${id} and not ${visible(ctx, ctx.registry.get('stack_component'), 'read', 't')}`.execute(
    ctx.db,
  );
  return rows.map((row) => String((JSON.parse(row.configuration) as Values)['path'] ?? '').trim()).filter((path) => path.startsWith('/'));
};

/**
 * The artifact store of this id. Throws NotFound where the caller may not read the component, NotAllowed where this server may not read its
 * files, Unavailable for a kind of store that it cannot read.
 */
export const openStore = async (ctx: Context, app: App, id: string | null | undefined, of: string): Promise<Store> => {
  if (id === null || id === undefined) throw new NotFound(`The ${of} names no artifact store, or its artifact store was removed`);
  const component = ctx.registry.get('stack_component');
  const row = decodeRow(
    component,
    await must(ctx, component, id, 'read', ['id', 'name', 'type', 'flavor_name', 'configuration', 'user_id', 'connector_id', 'connector_resource_id']),
  );
  const [name, configuration] = [row['name'] as string, row['configuration'] as Values];
  if (row['type'] !== 'artifact_store') throw new NotFound(`The component '${name}' is no artifact store`);
  if (row['flavor_name'] === 'local')
    return localStore(
      name,
      await localRoot({ id: row['id'], name, path: String(configuration['path'] ?? '') }, app.config.local_stores, await hiddenPaths(ctx, row['id'])),
    );
  if (row['flavor_name'] === 's3')
    return s3Component(ctx, app, { ...(row as Pick<Component, 'user_id' | 'connector_id' | 'connector_resource_id'>), name, configuration });
  throw new Unavailable(`The server reads local and s3 artifact stores, not '${row['flavor_name']}' ones; read '${name}' with the client`);
};

const PREFIX = 300;
/** Written out, so that it is the indexed expression (migration 0007). */
const prefixOf = (t: string): RawBuilder<unknown> => sql.raw(`substr(${t}.uri, 1, ${PREFIX})`);
const cut = (text: string): string => Array.from(text).slice(0, PREFIX).join('');

/** True for rows whose URI is this place, or lies in it. */
const inPlace = (t: string, uri: string): RawBuilder<unknown> => {
  const start = `${uri}/`;
  const prefix = cut(start);
  // '0' is the character after '/'.
  const range = prefix === start ? sql`${prefixOf(t)} >= ${start} and ${prefixOf(t)} < ${`${uri}0`}` : sql`${prefixOf(t)} = ${prefix}`;
  return sql`((${prefixOf(t)} = ${cut(uri)} and ${sql.ref(`${t}.uri`)} in (${uri}, ${start})) or (${range} and substr(${sql.ref(`${t}.uri`)}, 1, ${Array.from(start).length}) = ${start}))`;
};

/** True for rows whose URI is a folder around this place. */
const aroundPlace = (t: string, root: string, uri: string): RawBuilder<unknown> => {
  const parts = uri.slice(root.length + 1).split('/');
  // The root itself is never opened, so it takes nothing away from anybody.
  const folders = parts.slice(0, -1).flatMap((_, i) => [`${root}/${parts.slice(0, i + 1).join('/')}`, `${root}/${parts.slice(0, i + 1).join('/')}/`]);
  if (folders.length === 0) return sql`1 = 0`;
  return sql`(${prefixOf(t)} in (${sql.join(folders.map(cut))}) and ${sql.ref(`${t}.uri`)} in (${sql.join(folders)}))`;
};

/** Where the client keeps the code of all pipelines: no artifact, no log. */
const CODE = 'code_uploads';

/**
 * Judges that a place in a store is the caller's to reach: a URI is written by clients, so it could point to somebody else's data.
 * Throws NotFound where it is not below the root, NotAllowed where an artifact version or a log on which the caller may not do `action`
 * lies at this place or in it, or was there around it before `since`. Returns the URI without a slash at its end.
 */
export const judgePlace = async (ctx: Context, store: Store, given: string, since: string, action: 'read' | 'delete' = 'read'): Promise<string> => {
  const rest = below(store, given);
  const uri = `${store.root}/${rest}`;
  if (rest.split('/')[0] === CODE) throw new NotAllowed(`'${uri}' holds the code of pipelines; it is no artifact and no log`);
  for (const type of ['artifact_version', 'logs']) {
    const resource = ctx.registry.get(type);
    const may = visible(ctx, resource, type === 'logs' && action === 'delete' ? 'update' : action, 't');
    const { rows } = await sql`select 1 from ${sql.table(resource.table)} as t where not ${may}
      and (${inPlace('t', uri)} or (t.created < ${since} and ${aroundPlace('t', store.root, uri)})) limit 1`.execute(ctx.db);
    if (rows.length > 0)
      throw new NotAllowed(`'${uri}' also belongs to something that you may not ${action === 'read' ? 'see' : 'remove'}, so the server does not open it`);
  }
  return uri;
};

/** The URI of an archive of code. Throws NotFound for whatever is none. */
export const judgeCode = (store: Store, given: string): string => {
  const parts = below(store, given).split('/');
  if (parts.length !== 2 || parts[0] !== CODE || !/^[0-9a-f]{32,}\.tar\.gz$/.test(parts[1]!))
    throw new NotFound(`'${given}' is no archive of code in the artifact store '${store.name}'`);
  return `${store.root}/${parts.join('/')}`;
};
