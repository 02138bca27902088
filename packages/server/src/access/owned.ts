// Knows: which things an account owns, over all declared resources.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../kernel/context.ts';
import type { Resource } from '../kernel/resource.ts';

export interface Owned {
  readonly type: string;
  readonly label: string;
  readonly count: number;
}

/** Rows that are the account's: it owns them, or made them and they belong to nothing yet. Null where nobody owns such things. */
const whose = ({ access }: Resource, account_id: string): RawBuilder<unknown> | null => {
  if (access.maker !== undefined && access.maker_where !== undefined) return sql`${sql.ref(access.maker)} = ${account_id} and ${sql.ref(access.maker_where)} is not null`;
  if (access.owner !== null) return sql`${sql.ref(access.owner)} = ${account_id}`;
  if (access.maker === undefined) return null;
  return sql`${sql.join([sql`${sql.ref(access.maker)} = ${account_id}`, ...(access.parents ?? []).map((parent) => sql`${sql.ref(parent.by)} is null`)], sql` and `)}`;
};

/** Credentials die with their account; everything else that has an owner can be handed over. */
const lasting = (ctx: Context, account_id: string) =>
  ctx.registry.resources
    .filter((resource) => resource.group !== 'people')
    .flatMap((resource) => {
      const rows = whose(resource, account_id);
      return rows === null ? [] : [{ resource, rows }];
    });

/** What an account owns, by type; types of which it owns nothing are left out. */
export const owned = async (ctx: Context, account_id: string): Promise<readonly Owned[]> => {
  const counts = lasting(ctx, account_id).map(
    ({ resource, rows }) => sql`select ${resource.type} as type, count(*) as n from ${sql.table(resource.table)} where ${rows}`,
  );
  const { rows } = await sql<{ type: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(ctx.db);
  return rows
    .map(({ type, n }) => ({ type, count: Number(n) }))
    .filter(({ count }) => count > 0)
    .map(({ type, count }) => ({ type, label: `${ctx.registry.get(type).label}${count === 1 ? '' : 's'}`, count }));
};

/** Where an owner has one private thing of a name, what comes to him under a name that he uses already gets another: a refusal would tell what he has. */
export const makeRoom = async (ctx: Context, resource: Resource, rows: RawBuilder<unknown>, to: string): Promise<void> => {
  const owner = resource.access.owner;
  if (owner === null || !(resource.unique ?? []).some((columns) => columns.includes(owner) && columns.includes('name'))) return;
  await sql`update ${sql.table(resource.table)} set name = substr(name, 1, 240) || '-' || substr(id, 25, 12) where id in (
    select t.id from ${sql.table(resource.table)} as t where ${rows} and t.private = 1
      and exists (select 1 from ${sql.table(resource.table)} as o where ${sql.ref(`o.${owner}`)} = ${to} and o.private = 1 and o.name = t.name))`.execute(ctx.db);
};

/** What hangs on a thing and is its maker's goes with it, where its owner made it: whoever gave a run away keeps nothing of what it wrote. */
export const passOn = async (ctx: Context, type: string, id: string, from: string | null, to: string): Promise<void> => {
  for (const { table, access } of ctx.registry.resources) {
    const { maker, maker_where } = access;
    if (from === null || maker === undefined || maker_where === undefined || access.parents?.some((parent) => parent.type === type && parent.by === maker_where) !== true)
      continue;
    await sql`update ${sql.table(table)} set ${sql.ref(maker)} = ${to} where ${sql.ref(maker_where)} = ${id} and ${sql.ref(maker)} = ${from}`.execute(ctx.db);
  }
};

/** Gives everything that one account owns to another. */
export const handOver = async (ctx: Context, from: string, to: string): Promise<void> => {
  for (const { resource, rows } of lasting(ctx, from)) {
    await makeRoom(ctx, resource, rows, to);
    await sql`update ${sql.table(resource.table)} set ${sql.ref(resource.access.owner ?? resource.access.maker!)} = ${to} where ${rows}`.execute(ctx.db);
  }
};

/** All that can be done with things of a type: an owner may. What has no permissions of its own is judged by its parents'. */
export const permissionsOn = (ctx: Context, type: string): readonly string[] => {
  const own = ctx.registry.permissions.filter((permission) => permission.type === type).map((permission) => permission.name);
  return own.length > 0 ? own : (ctx.registry.get(type).access.parents ?? []).flatMap((parent) => permissionsOn(ctx, parent.type));
};
