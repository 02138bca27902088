// Knows: nobody hands out more than he holds, and somebody must remain who can hand out everything (docs/access-model.md).
import { sql } from 'kysely';
import { covers, MACROS } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { NotAllowed } from '../kernel/errors.ts';
import { find } from '../kernel/find.ts';
import type { Registry } from '../kernel/registry.ts';
import { holds, visible } from '../kernel/visible.ts';
import { permissionsOf } from './grants.ts';
import { owned, permissionsOn } from './owned.ts';

export interface Scope {
  readonly scope: 'server' | 'project' | 'resource';
  readonly project_id: string | null;
  readonly resource_type: string | null;
  readonly resource_id: string | null;
}
export const atServer: Scope = { scope: 'server', project_id: null, resource_type: null, resource_id: null };
export const inProject = (project_id: string): Scope => ({ ...atServer, scope: 'project', project_id });

/** The fine permissions that a role means: macros spelled out. `me` stays as it is, it is no macro over rows. */
export const spellOut = (registry: Registry, permissions: Iterable<string>): string[] => {
  const held = new Set(permissions);
  const fine = registry.permissions.filter((permission) => !permission.macro && covers(held, permission.name)).map((permission) => permission.name);
  return [...fine, ...(held.has('me') ? ['me'] : [])];
};

/** Does the actor hold this permission, macros included, at this scope or a wider one? */
const holdsAt = async (ctx: Context, permission: string, scope: Scope): Promise<boolean> => {
  if (ctx.actor.unlimited) return true;
  if (permission === 'me')
    return ctx.actor.grants.some((grant) => grant.project_id === null && grant.permissions.has('me')) && (ctx.actor.limit === null || ctx.actor.limit.has('me'));
  if (scope.scope !== 'resource') return holds(ctx, permission, scope.project_id);
  const resource = ctx.registry.get(scope.resource_type!);
  const [type, action] = permission.split(':') as [string, string];
  // On one thing only the permissions of its own type mean anything, and there is nothing to create on it.
  return type !== resource.type || action === 'create' || (await find(ctx, resource, scope.resource_id!, action, ['id'])) !== null;
};

/** Throws NotAllowed, naming what is missing, unless the actor holds everything that the roles give, at that scope or a wider one. */
export const mustHold = async (ctx: Context, permissions: Iterable<string>, scope: Scope, what: string): Promise<void> => {
  const given = new Set(permissions);
  // A macro also covers what later versions add, so whoever gives it away must hold the macro itself; on one thing its actions are enough.
  const macros = scope.scope === 'resource' ? [] : MACROS.filter((macro) => given.has(macro));
  for (const macro of macros) {
    const held =
      ctx.actor.unlimited ||
      ((ctx.actor.limit === null || ctx.actor.limit.has(macro)) &&
        ctx.actor.grants.some((grant) => grant.permissions.has(macro) && (grant.project_id === null || (macro !== 'me' && grant.project_id === scope.project_id))));
    if (!held && !(macro === 'me' && scope.scope === 'project')) throw lacking(what, macro);
  }
  for (const permission of spellOut(ctx.registry, given)) {
    if (permission === 'me' && scope.scope !== 'server') continue;
    if (!(await holdsAt(ctx, permission, scope))) throw lacking(what, permission);
  }
};

const FOREVER = '9999-12-31T23:59:59.999999';
/** The same, and that he will hold it for as long as it is given: what ends before counts no more. */
export const mustHoldUntil = async (ctx: Context, permissions: Iterable<string>, scope: Scope, until: string | null, what: string): Promise<void> => {
  const given = [...permissions];
  await mustHold(ctx, given, scope, what);
  if (ctx.actor.unlimited || ctx.actor.id === '') return;
  const now = until ?? FOREVER;
  try {
    await mustHold({ ...ctx, now, actor: await ctx.reload(ctx.db, ctx.actor, now) }, given, scope, what);
  } catch (error) {
    if (!(error instanceof NotAllowed)) throw error;
    throw new NotAllowed(
      `You may not ${what} ${until === null ? 'without an end' : `until ${until}`}: it gives the permission ${error.needs}, which you do not hold yourself for that long. Let it end when yours does, or before.`,
      error.needs,
    );
  }
};

/**
 * Throws NotAllowed unless nobody gains by this more than the actor may give. One thing is shared for no longer than he holds it, and
 * what he gives to himself or to a team of his lasts no longer than what he has.
 */
export const mustHoldToGive = async (ctx: Context, permissions: Iterable<string>, scope: Scope, to: string, until: string | null, what: string): Promise<void> => {
  const himself = ctx.actor.id !== '' && (await principalsOf(ctx, ctx.actor.id)).includes(to);
  await (scope.scope === 'resource' || himself ? mustHoldUntil(ctx, permissions, scope, until, what) : mustHold(ctx, permissions, scope, what));
};

/** Throws NotAllowed unless the actor holds the permissions on each single thing on which a role was given: it gains them there, private things included. */
export const mustHoldOnThings = async (ctx: Context, role_id: string, permissions: Iterable<string>, what: string): Promise<void> => {
  if (ctx.actor.unlimited) return;
  for (const permission of spellOut(ctx.registry, permissions)) {
    const [type, action] = permission.split(':') as [string, string];
    if (action === undefined || action === 'create' || !ctx.registry.get(type).access.share) continue;
    const resource = ctx.registry.get(type);
    const { rows } = await sql`select 1 from role_assignment as a join ${sql.table(resource.table)} as t on t.id = a.resource_id
      where a.role_id = ${role_id} and a.scope = 'resource' and a.resource_type = ${type} and not ${visible(ctx, resource, action, 't')} limit 1`.execute(ctx.db);
    if (rows.length > 0) throw lacking(what, permission);
  }
};

const lacking = (what: string, permission: string): NotAllowed =>
  new NotAllowed(`You may not ${what}: it gives the permission ${permission}, which you do not hold yourself there. Nobody hands out more than he holds.`, permission);

/** The same for everything that an account or a team holds, as when it is joined, reset or issued a key: what it was given, and what it may do as an owner; `lasting` where he gives it to himself. */
export const mustHoldAllOf = async (ctx: Context, principal_ids: readonly string[], what: string, lasting = false): Promise<void> => {
  if (ctx.actor.unlimited || principal_ids.length === 0) return;
  const { rows } = await sql<
    Scope & { role_id: string; expires: string | null }
  >`select a.role_id, a.scope, a.project_id, a.resource_type, a.resource_id, a.expires from role_assignment as a
    where a.principal_id in (${sql.join(principal_ids)}) and (a.expires is null or a.expires > ${ctx.now})`.execute(ctx.db);
  const roles = [...new Set(rows.map((row) => row.role_id))];
  const [sets, onThings] = [await permissionsOf(ctx.db, roles), await permissionsOf(ctx.db, roles, true)];
  for (const row of rows) {
    const given = (row.scope === 'resource' ? onThings : sets).get(row.role_id)!;
    await (lasting ? mustHoldUntil(ctx, given, row, row.expires, what) : mustHold(ctx, given, row, what));
  }
  // Teams own nothing: of their ids none is found.
  for (const id of principal_ids) for (const { type } of await owned(ctx, id)) await mustHold(ctx, permissionsOn(ctx, type), atServer, what);
};

/** An account and its teams: everything through which it holds something. */
export const principalsOf = async (ctx: Context, account_id: string): Promise<string[]> => {
  const rows = await ctx.db.selectFrom('team_member').select('team_id').where('account_id', '=', account_id).execute();
  return [account_id, ...rows.map((row) => row['team_id'] as string)];
};

export const ADMIN_ROLE = 'admin';

/** Throws NotAllowed unless, as things stand in this transaction, an active person holds the admin role at the server for good. */
export const keepAnAdministrator = async (ctx: Context): Promise<void> => {
  if (ctx.actor.kind === 'local') return;
  const { rows } = await sql<{ n: number }>`select count(*) as n from role_assignment as a join role as r on r.id = a.role_id
    where r.name = ${ADMIN_ROLE} and r.builtin = 1 and a.scope = 'server' and a.expires is null and (
      exists (select 1 from account as u where u.id = a.user_id and u.status = 'active' and u.is_service_account = 0)
      or exists (select 1 from team_member as m join account as u on u.id = m.account_id where m.team_id = a.team_id and u.status = 'active' and u.is_service_account = 0))`.execute(
    ctx.db,
  );
  if (Number(rows[0]!.n) === 0)
    throw new NotAllowed(
      'This would leave the server without an administrator. Make someone else an administrator first (the role admin at the server, without an end).',
    );
};

/** Up to three people who could grant the permission: they manage roles and hold it themselves. Nobody, where the actor may not see people. */
export const granters = async (ctx: Context, permission: string, project_id: string | null): Promise<readonly string[]> => {
  if (!holds(ctx, 'user:read', null)) return [];
  const all = [permission, permission.endsWith(':read') ? 'read' : 'write'];
  const { rows } = await sql<{
    name: string;
  }>`select distinct u.name as name from account as u where u.status = 'active' and u.is_service_account = 0 and u.id <> ${ctx.actor.id} and ${sql.join(
    [all, ['role_assignment:create', 'write']].map(
      (wanted) => sql`exists (select 1 from role_assignment as a join role_permission as p on p.role_id = a.role_id
      where p.permission in (${sql.join(wanted)}) and (a.scope = 'server' or a.project_id = ${project_id}) and (a.expires is null or a.expires > ${ctx.now})
        and (a.user_id = u.id or a.team_id in (select m.team_id from team_member as m where m.account_id = u.id)))`,
    ),
    sql` and `,
  )} order by u.name limit 3`.execute(ctx.db);
  return rows.map((row) => row.name);
};
