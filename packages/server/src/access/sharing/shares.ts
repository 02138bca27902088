// Knows: how something is shared and taken back, and with whom it is shared.
import { sql } from 'kysely';
import { touchGrants } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotFound, Refused } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import type { Values } from '../../kernel/resource.ts';
import { canonicalDate } from '../../kernel/validate.ts';
import { visible } from '../../kernel/visible.ts';
import { account, give, type Principal } from '../assign.ts';
import { mustHold } from '../holding.ts';
import { look } from '../names.ts';
import { levelRoles, nameOf, onThing, type Level, type Thing } from './levels.ts';

/** With whom: one of a person or machine, a team, everybody. */
export interface Named {
  readonly user?: string | null | undefined;
  readonly team?: string | null | undefined;
  readonly everyone?: boolean | null | undefined;
}
export interface Sharee {
  readonly kind: 'account' | 'team' | 'everyone';
  readonly id: string;
  readonly name: string;
  readonly principal: Principal;
}

/** Everybody who may come to a thing at once: those of its project, or of the server. */
export const everyoneOf = (row: Values): string => (row['project_id'] as string | null | undefined) ?? 'server';

/** Whom a request names. Throws Invalid where it names none or several, NotFound on somebody whom the caller cannot see. */
export const shareeOf = async (ctx: Context, given: Named, row: Values): Promise<Sharee> => {
  if ([given.user, given.team, given.everyone].filter(Boolean).length !== 1) throw new Invalid('Name one of user (a person or service account), team and everyone');
  if (given.everyone) {
    const members_of = everyoneOf(row);
    return {
      kind: 'everyone',
      id: members_of,
      name: members_of === 'server' ? 'everyone' : 'everyone in the project',
      principal: { user_id: null, team_id: null, members_of },
    };
  }
  if (given.team) {
    const team = await must(ctx, ctx.registry.get('team'), given.team, 'read', ['id', 'name']);
    return { kind: 'team', id: team['id'], name: team['name'], principal: { user_id: null, team_id: team['id'] } };
  }
  const person = await must(ctx, ctx.registry.get('account'), given.user!, 'read', ['id', 'name', 'status']);
  if (person['status'] === 'inactive') throw new Refused(`'${person['name']}' is not active`);
  return { kind: 'account', id: person['id'], name: person['name'], principal: account(person['id']) };
};

/** An end that lies ahead, in stored form; null for none. Throws Invalid. */
export const endOf = (ctx: Context, said: string | null | undefined): string | null => {
  const expires = said ? canonicalDate('expires', said) : null;
  if (expires !== null && expires <= ctx.now) throw new Invalid('expires lies in the past');
  return expires;
};

const heldOn = async (ctx: Context, { resource, row }: Thing, principal_id: string): Promise<readonly Values[]> =>
  (await ctx.db
    .selectFrom('role_assignment')
    .select(['id', 'role_id', 'expires'])
    .where('scope', '=', 'resource')
    .where('resource_type', '=', resource.type)
    .where('resource_id', '=', row['id'])
    .where('principal_id', '=', principal_id)
    .execute()) as Values[];

/** Shares a thing at a level, in place of the level at which it was shared with the same before. Throws NotAllowed where the caller holds less himself. */
export const shareAt = async (ctx: Context, thing: Thing, sharee: Sharee, level: Level, expires: string | null): Promise<void> => {
  const { resource, row } = thing;
  if (sharee.id === row[resource.access.owner!]) throw new Refused(`'${sharee.name}' owns it and may do everything with it already`);
  await putShare(ctx, thing, sharee, level, expires);
};

/** The same, also for whoever is its owner at this moment and will not stay so. */
export const putShare = async (ctx: Context, thing: Thing, sharee: Sharee, level: Level, expires: string | null): Promise<void> => {
  const { resource, row } = thing;
  const roles = await levelRoles(ctx);
  const wanted = roles.find((role) => role.level === level)!;
  await mustHold(ctx, wanted.permissions, onThing(resource, row['id']), `share the ${resource.label} '${nameOf(row)}' at the level ${level}`);
  await touchGrants(ctx);
  const before = (await heldOn(ctx, thing, sharee.id)).filter((held) => roles.some((role) => role.id === held['role_id']));
  for (const held of before) await ctx.db.deleteFrom('role_assignment').where('id', '=', held['id']).execute();
  await give(ctx, { id: wanted.id, name: wanted.name }, sharee.principal, onThing(resource, row['id']), expires);
};

/** Takes back all that was given to somebody on one thing. Throws NotFound where nothing was. */
export const unshare = async (ctx: Context, thing: Thing, sharee: Sharee): Promise<void> => {
  const held = await heldOn(ctx, thing, sharee.id);
  if (held.length === 0) throw new NotFound(`The ${thing.resource.label} '${nameOf(thing.row)}' is not shared with '${sharee.name}'`);
  await touchGrants(ctx);
  for (const row of held) await ctx.db.deleteFrom('role_assignment').where('id', '=', row['id']).execute();
};

export interface Share {
  readonly id: string;
  readonly principal: { readonly kind: 'user' | 'service_account' | 'team' | 'everyone'; readonly id: string; readonly name: string | null };
  readonly level: Level | null;
  /** The role, where it is none of the three levels and the caller may see it. */
  readonly role: string | null;
  readonly expires: string | null;
  readonly given: string;
  readonly given_by: string | null;
}
/** With whom a thing is shared, as far as the caller may see it: who may share it sees all, everybody his own. */
export const sharesOf = async (ctx: Context, { resource, row }: Thing): Promise<readonly Share[]> => {
  const roles = await levelRoles(ctx);
  const { rows } = await sql<Values>`select a.id, a.role_id, a.principal_id, a.team_id, a.members_of, a.expires, a.created, u.is_service_account,
      ${look('role', 'role_id')('a', ctx)} as role_name, ${look('account', 'granted_by')('a', ctx)} as given_by,
      coalesce(${look('team', 'team_id')('a', ctx)}, ${look('account', 'user_id')('a', ctx)}, ${look('project', 'members_of')('a', ctx)}) as principal_name
    from role_assignment as a left join account as u on u.id = a.user_id
    where a.scope = 'resource' and a.resource_type = ${resource.type} and a.resource_id = ${row['id']} and (a.expires is null or a.expires > ${ctx.now})
      and ${visible(ctx, ctx.registry.get('role_assignment'), 'read', 'a')} order by a.members_of, principal_name, a.id`.execute(ctx.db);
  return rows.map((one) => {
    const level = roles.find((role) => role.id === one['role_id'])?.level ?? null;
    const kind = one['members_of'] !== null ? 'everyone' : one['team_id'] !== null ? 'team' : Number(one['is_service_account']) === 1 ? 'service_account' : 'user';
    return {
      id: one['id'],
      principal: { kind, id: one['principal_id'], name: one['principal_name'] },
      level,
      role: level === null ? one['role_name'] : null,
      expires: one['expires'],
      given: one['created'],
      given_by: one['given_by'],
    };
  });
};
