// Knows: how one thing of another server is taken over: made, changed since it was taken, or found here already.
import { join } from '../access/assign.ts';
import { quietly, type Context } from '../kernel/context.ts';
import { find } from '../kernel/find.ts';
import { named } from '../kernel/names.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { canonicalDate } from '../kernel/validate.ts';
import { insert } from '../kernel/verbs/create.ts';
import { sql } from 'kysely';
import { nameKey } from '../resources/account/names.ts';
import { EXTRAS, logsOf, putMetadata, putTags } from './extras.ts';
import { keep, known, mappedId } from './mapped.ts';
import { rowOf, type Thing } from './row.ts';

type Outcome = 'made' | 'changed' | 'kept' | 'left';
export interface Taken {
  readonly outcome: Outcome;
  readonly id: string | null;
  readonly why?: string;
}

/** Where the sets of columns that must not repeat depend on the row. */
const SAME: Readonly<Record<string, (row: Values) => readonly (readonly string[])[]>> = {
  user: () => [['name_key']],
  service_account: () => [['name_key']],
  secret: (row) => [row['private'] === 1 ? ['user_id', 'name', 'private'] : ['name', 'private']],
};

/** The row here that bears the same name in the same place; undefined where there is none, null where there is one that the caller may not see. */
const sameName = async (ctx: Context, resource: Resource, row: Values): Promise<string | null | undefined> => {
  const sets = SAME[resource.type]?.(row) ?? resource.unique ?? [];
  for (const set of sets) {
    if (set.some((column) => row[column] === null || row[column] === undefined)) continue;
    const where = sql.join(
      set.map((column) => sql`${named(column)} = ${row[column]}`),
      sql` and `,
    );
    const found = await sql<{ id: string }>`select id from ${named(resource.table)} where ${where} and id <> ${row['id']}`.execute(ctx.db);
    const id = found.rows[0]?.id;
    if (id !== undefined) return (await find(ctx, resource, id, 'read', ['id'])) === null ? null : id;
  }
  return undefined;
};

const whose = async (ctx: Context, source: string, thing: Thing): Promise<string | null> => {
  const id = (thing.body?.['user_id'] ?? (thing.resources?.['user'] as Values | null | undefined)?.['id']) as string | null | undefined;
  return id ? mappedId(ctx, source, 'account', id) : null;
};

/** When it was made and last changed over there. */
const dates = (thing: Thing): Values =>
  Object.fromEntries(['created', 'updated'].flatMap((name) => (typeof thing.body?.[name] === 'string' ? [[name, canonicalDate(name, thing.body[name])]] : [])));

/** Makes a thing through its verb, which judges and seals; with the dates that it had over there, and whose it was. */
const make = (ctx: Context, resource: Resource, thing: Thing, input: Values, hooked: Values, stored: Values = {}): Promise<Values> =>
  insert(
    quietly(ctx),
    { ...resource, hooks: { ...resource.hooks, create: async (c, i) => ({ ...(await resource.hooks!.create!(c, { ...i, ...hooked })), ...stored, ...dates(thing) }) } },
    input,
  );

/** A person comes pending, with the role that the other server's word for it means; a service account comes without its keys. */
const takeAccount = async (ctx: Context, resource: Resource, thing: Thing): Promise<Values> => {
  const machine = resource.type === 'service_account';
  const active = thing.body?.['active'] === true;
  const status = machine ? (active ? 'active' : 'inactive') : 'pending';
  const about = machine
    ? { description: thing.metadata?.['description'] ?? '' }
    : { full_name: thing.body?.['full_name'] ?? '', email: thing.metadata?.['email'] ?? null };
  const row = await make(ctx, resource, thing, { name: thing.name, ...about }, { status, password_hash: null });
  await join(quietly(ctx), row['id'], {}, thing.body?.['is_admin'] === true ? 'admin' : 'developer');
  return row;
};

/** A secret whose values were told; its owner is who owned it. */
const takeSecret = async (ctx: Context, source: string, resource: Resource, thing: Thing): Promise<Values> => {
  const user_id = (await whose(ctx, source, thing)) ?? ctx.actor.id;
  const values = Object.fromEntries(Object.entries((thing.body?.['values'] ?? {}) as Values).filter(([, value]) => typeof value === 'string'));
  return make(ctx, resource, thing, { name: thing.name, private: thing.body?.['private'] === true, values }, {}, { user_id });
};

/** A service connector with its credentials, as far as they were told; its owner is who owned it. */
const takeConnector = async (ctx: Context, source: string, resource: Resource, thing: Thing): Promise<Values> => {
  const user_id = (await whose(ctx, source, thing)) ?? ctx.actor.id;
  const type = thing.body?.['connector_type'] as string | Values;
  const said = { ...thing.body, ...thing.metadata };
  const taken = [
    'description',
    'auth_method',
    'resource_types',
    'resource_id',
    'supports_instances',
    'expires_at',
    'expires_skew_tolerance',
    'expiration_seconds',
    'labels',
    'configuration',
  ];
  const given = Object.fromEntries(taken.filter((name) => said[name] !== undefined && said[name] !== null).map((name) => [name, said[name]]));
  return make(ctx, resource, thing, { name: thing.name, connector_type: typeof type === 'string' ? type : type['connector_type'], ...given }, {}, { user_id });
};

const BY_VERB: Readonly<Record<string, (ctx: Context, source: string, resource: Resource, thing: Thing) => Promise<Values>>> = {
  user: (ctx, _source, resource, thing) => takeAccount(ctx, resource, thing),
  service_account: (ctx, _source, resource, thing) => takeAccount(ctx, resource, thing),
  secret: takeSecret,
  service_connector: takeConnector,
};

const complete = async (ctx: Context, source: string, resource: Resource, thing: Thing, row: Values): Promise<void> => {
  await EXTRAS[resource.type]?.after?.(ctx, source, thing, row);
  await putTags(ctx, source, resource.type, thing, row['id']);
  await putMetadata(ctx, resource.type, thing, row);
  for (const log of logsOf(resource.type, thing, row)) await take(ctx, source, ctx.registry.get('logs'), log);
};

/** What makes two accounts, or two of anything else, the same by name: enough of a row to look for it. */
const likeness = async (ctx: Context, source: string, resource: Resource, thing: Thing): Promise<Values> => {
  if (resource.type === 'user' || resource.type === 'service_account') return { id: thing.id, name_key: nameKey(String(thing.name)) };
  if (resource.type === 'secret') return { id: thing.id, name: thing.name, private: thing.body?.['private'] === true ? 1 : 0, user_id: await whose(ctx, source, thing) };
  return { id: thing.id, name: thing.name };
};

/**
 * The default artifact store of the other server is not ours: clients keep what lies in a local store in a folder by its id. It comes
 * under another name, owned by whoever takes it over.
 */
const asIs = (ctx: Context, source: string, resource: Resource, thing: Thing): Thing =>
  resource.type === 'stack_component' && thing.name === 'default' && thing.body?.['type'] === 'artifact_store'
    ? { ...thing, name: `default-${source.slice(0, 8)}`, body: { ...thing.body, user_id: ctx.actor.id || null } }
    : thing;

/**
 * Takes over one thing. The same thing taken again changes nothing, unless it changed over there: then it is brought up to date. What
 * is here already under its name stands for it. Throws a sentence where something that it needs is not here.
 */
export const take = async (ctx: Context, source: string, resource: Resource, thing: Thing): Promise<Taken> => {
  const updated = String(thing.body?.['updated'] ?? '');
  const before = await known(ctx, source, resource.type, thing.id);
  const byVerb = BY_VERB[resource.type];
  if (before !== null && (before.updated === updated || byVerb !== undefined || before.local_id !== thing.id)) return { outcome: 'kept', id: before.local_id };
  const done = async (outcome: Outcome, id: string): Promise<Taken> => {
    await keep(ctx, source, resource.type, thing.id, { local_id: id, updated });
    return { outcome, id };
  };
  const reference = (thing.resources?.['code_reference'] ?? null) as Thing | null;
  if (reference?.body && before === null) {
    const code = ctx.registry.get('code_reference');
    await take(ctx, source, code, { ...reference, body: { ...reference.body, project_id: thing.body?.['project_id'], user_id: thing.body?.['user_id'] } });
  }
  if (byVerb !== undefined) {
    const same = await sameName(ctx, resource, await likeness(ctx, source, resource, thing));
    if (same === null) return { outcome: 'left', id: null, why: 'its name is taken here' };
    if (same !== undefined) return done('kept', same);
    return done('made', (await byVerb(ctx, source, resource, thing))['id'] as string);
  }
  const row = await rowOf(ctx, source, resource, asIs(ctx, source, resource, thing));
  Object.assign(row, await EXTRAS[resource.type]?.columns?.(ctx, source, thing, row));
  const same = before === null ? await sameName(ctx, resource, row) : undefined;
  if (same === null) return { outcome: 'left', id: null, why: 'its name is taken here' };
  if (same !== undefined) return done('kept', same);
  const { id, ...columns } = row;
  const here = before !== null || (await ctx.db.selectFrom(resource.table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  if (here && before === null) return { outcome: 'left', id: null, why: 'its id is taken here' };
  // Whose it is and who sees it is decided here from then on; and what has become somebody's alone is not changed from outside.
  const { private: _hidden, user_id: _owner, ...changes } = columns;
  if (here && (await find(ctx, resource, id as string, 'update', ['id'])) === null) return { outcome: 'left', id: id as string, why: 'it is not yours to change' };
  if (here) await ctx.db.updateTable(resource.table).set(changes).where('id', '=', id).execute();
  else await ctx.db.insertInto(resource.table).values(row).execute();
  await complete(ctx, source, resource, thing, row);
  return done(here ? 'changed' : 'made', id as string);
};
