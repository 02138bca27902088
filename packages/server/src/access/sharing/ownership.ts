// Knows: how a thing comes to another owner: given by its owner, or taken over by an administrator, who is seen doing it.
import { sql } from 'kysely';
import { touchGrants } from '../../kernel/audit.ts';
import { newId, type Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed, NotFound, Refused } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { must } from '../../kernel/find.ts';
import type { Values } from '../../kernel/resource.ts';
import { conflicts } from '../../kernel/verbs/conflicts.ts';
import { account } from '../assign.ts';
import { atServer, mustHold } from '../holding.ts';
import { makeRoom, passOn, permissionsOn } from '../owned.ts';
import { nameOf, onThing, shareable, type Level, type Thing } from './levels.ts';
import { putShare, type Sharee } from './shares.ts';

export const TAKE_OVER = 'ownership:take';

/** Says something to a person, who finds it at his next visit. */
const notify = async (ctx: Context, kind: string, user_id: string, { resource, row }: Thing, reason: string | null): Promise<void> => {
  await ctx.db
    .insertInto('notice')
    .values({
      id: newId(),
      created: ctx.now,
      updated: ctx.now,
      user_id,
      kind,
      target_type: resource.type,
      target_id: row['id'],
      target_name: nameOf(row),
      by_id: ctx.actor.id || null,
      by_name: ctx.actor.name,
      reason,
    })
    .execute();
};

/** What was shared with the new owner says nothing any more, and what the old one gave himself before is not what he is left. */
const beginAnew = async (ctx: Context, { resource, row }: Thing, to: string): Promise<void> => {
  await touchGrants(ctx);
  await ctx.db
    .deleteFrom('role_assignment')
    .where('scope', '=', 'resource')
    .where('resource_type', '=', resource.type)
    .where('resource_id', '=', row['id'])
    .where('principal_id', 'in', [to, row[resource.access.owner!] ?? to])
    .execute();
};
const changeOwner = async (ctx: Context, { resource, row }: Thing, to: string): Promise<void> => {
  await makeRoom(ctx, resource, sql`t.id = ${row['id']}`, to);
  await conflicts(resource, row, () =>
    sql`update ${sql.table(resource.table)} set ${sql.ref(resource.access.owner!)} = ${to}, updated = ${ctx.now} where id = ${row['id']}`.execute(ctx.db),
  );
  await passOn(ctx, resource.type, row['id'], row[resource.access.owner!] as string | null, to);
};

const asSharee = (id: string, name: string): Sharee => ({ kind: 'account', id, name, principal: account(id) });

/** Gives a thing to somebody else for good; the owner may keep a level. Throws NotAllowed for anybody but its owner, Refused where the other cannot have it. */
export const transfer = async (ctx: Context, thing: Thing, to: string, keep: Level | null, note: string | null): Promise<{ id: string; name: string }> => {
  const { resource, row } = thing;
  const owner: unknown = row[resource.access.owner!];
  if (owner !== ctx.actor.id || owner === '')
    throw new NotAllowed(`Only its owner can give the ${resource.label} '${nameOf(row)}' away; an administrator can take it over`);
  // An owner may do everything: a token that is limited to less gives less away.
  await mustHold(ctx, permissionsOn(ctx, resource.type), onThing(resource, row['id']), `give the ${resource.label} '${nameOf(row)}' away`);
  const heir = await must(ctx, ctx.registry.get('account'), to, 'read', ['id', 'name', 'status']);
  if (heir['id'] === owner) throw new Invalid(`'${heir['name']}' owns it already`);
  if (heir['status'] !== 'active') throw new Refused(`'${heir['name']}' is not active and cannot own anything`);
  await beginAnew(ctx, thing, heir['id']);
  if (keep !== null) await putShare(ctx, thing, asSharee(ctx.actor.id, ctx.actor.name), keep, null);
  await changeOwner(ctx, thing, heir['id']);
  await notify(ctx, 'received', heir['id'], thing, note);
  return { id: heir['id'], name: heir['name'] };
};

/** The row of a thing whatever it is: only for who has been judged by something else than the thing. Throws NotFound. */
const regardless = async (ctx: Context, type: string, id: string): Promise<Thing> => {
  const resource = shareable(ctx, type);
  const uuid = canonicalUuid(id);
  const lock = ctx.database.dialect === 'postgres' ? sql` for update` : sql``;
  const found = uuid === null ? undefined : (await sql<Values>`select * from ${sql.table(resource.table)} where id = ${uuid}${lock}`.execute(ctx.db)).rows[0];
  if (found === undefined) throw new NotFound(`There is no ${resource.label} '${id}', or you may not see it`);
  return { resource, row: found };
};

/**
 * An administrator becomes the owner of a thing, private ones included. Its owner is told, the audit log tells everybody who reads it.
 * What an owner may do must be held at the server. The former owner keeps a level, if so wished. The caller has been judged before.
 */
export const takeOver = async (ctx: Context, type: string, id: string, keep: Level | null, reason: string): Promise<{ thing: Thing; before: Values }> => {
  await mustHold(ctx, permissionsOn(ctx, shareable(ctx, type).type), atServer, `take over a ${shareable(ctx, type).label}`);
  const thing = await regardless(ctx, type, id);
  const { resource, row } = thing;
  const owner = row[resource.access.owner!] as string | null;
  if (owner === null && Number(row['private']) !== 1) throw new NotAllowed(`The ${resource.label} '${nameOf(row)}' is nobody's, and stays so`);
  if (owner === ctx.actor.id) throw new Refused(`You own the ${resource.label} '${nameOf(row)}' already`);
  await beginAnew(ctx, thing, ctx.actor.id);
  await changeOwner(ctx, thing, ctx.actor.id);
  const before = (owner === null ? undefined : await ctx.db.selectFrom('account').select(['id', 'name', 'status']).where('id', '=', owner).executeTakeFirst()) as
    | Values
    | undefined;
  if (before !== undefined) {
    if (keep !== null && before['status'] === 'active')
      await putShare(ctx, { resource, row: { ...row, [resource.access.owner!]: ctx.actor.id } }, asSharee(before['id'], before['name']), keep, null);
    await notify(ctx, 'taken_over', before['id'], thing, reason);
  }
  return { thing, before: before ?? { id: owner, name: null } };
};

const MOST = 500;
/** Private things by their type, id and owner, without their names: what an administrator could take over. */
export const closedThings = async (ctx: Context, project_id: string | null, owner_id: string | null): Promise<readonly unknown[]> => {
  const kinds = ctx.registry.resources.filter(
    (resource) => resource.access.share && resource.fields['private'] !== undefined && (project_id === null || resource.fields['project_id'] !== undefined),
  );
  const parts = kinds.map((resource) => {
    const owner = sql.ref(`t.${resource.access.owner!}`);
    const project = resource.fields['project_id'] === undefined ? sql`null` : sql.ref('t.project_id');
    return sql`select ${resource.type} as type, t.id, t.created, ${owner} as owner_id, ${project} as project_id from ${sql.table(resource.table)} as t
      where t.private = 1 and (${owner} is null or ${owner} <> ${ctx.actor.id})${project_id === null ? sql`` : sql` and t.project_id = ${project_id}`}${owner_id === null ? sql`` : sql` and ${owner} = ${owner_id}`}`;
  });
  const { rows } =
    await sql<Values>`select w.*, u.name as owner_name from (${sql.join(parts, sql` union all `)}) as w left join account as u on u.id = w.owner_id order by w.created, w.id limit ${MOST}`.execute(
      ctx.db,
    );
  return rows.map((row) => ({
    type: row['type'],
    label: ctx.registry.get(row['type']).label,
    id: row['id'],
    created: row['created'],
    project_id: row['project_id'],
    owner: row['owner_id'] === null ? null : { id: row['owner_id'], name: row['owner_name'] },
  }));
};
