// Knows: how a role is given. Every way to give one comes through here, so that the rule of holding is asked once.
import { touchGrants } from '../kernel/audit.ts';
import { newId, type Context } from '../kernel/context.ts';
import { Conflict, Invalid } from '../kernel/errors.ts';
import { must } from '../kernel/find.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Values } from '../kernel/resource.ts';
import { holds } from '../kernel/visible.ts';
import { isUniqueViolation } from '../kernel/verbs/conflicts.ts';
import { permissionsOf } from './grants.ts';
import { ADMIN_ROLE, atServer, inProject, keepAnAdministrator, mustHoldAllOf, mustHoldToGive, type Scope } from './holding.ts';

export interface Principal {
  readonly user_id: string | null;
  readonly team_id: string | null;
  /** Everybody of a project (its id), or of the server (`server`). */
  readonly members_of?: string | null;
}
export const account = (id: string): Principal => ({ user_id: id, team_id: null });

const scopeKey = (scope: Scope): string =>
  scope.scope === 'server' ? 'server' : scope.scope === 'project' ? `project ${scope.project_id}` : `${scope.resource_type} ${scope.resource_id}`;

/** The stored row of an assignment. */
export const assignmentRow = (ctx: Context, role_id: string, principal: Principal, scope: Scope, expires: string | null): Values => ({
  id: newId(),
  created: ctx.now,
  updated: ctx.now,
  role_id,
  ...principal,
  principal_id: principal.user_id ?? principal.team_id ?? principal.members_of,
  ...scope,
  scope_key: scopeKey(scope),
  private: scope.scope === 'resource' ? 1 : 0,
  expires,
  granted_by: ctx.actor.id === '' ? null : ctx.actor.id,
});

/** Gives a role. Throws NotAllowed where the actor does not hold all of it there, Conflict where it is held already. */
export const give = async (ctx: Context, role: Values, principal: Principal, scope: Scope, expires: string | null = null): Promise<string> => {
  // Before anything is asked: who changes the role or takes something from the giver meanwhile comes after.
  await touchGrants(ctx);
  const permissions = (await permissionsOf(ctx.db, [role['id']], scope.scope === 'resource')).get(role['id'])!;
  const row = assignmentRow(ctx, role['id'], principal, scope, expires);
  await mustHoldToGive(ctx, permissions, scope, row['principal_id'], expires, `give the role ${role['name']}`);
  // Checked first: on PostgreSQL a failed statement would end the whole transaction.
  const held = await ctx.db
    .selectFrom('role_assignment')
    .select(['id', 'expires'])
    .where('principal_id', '=', row['principal_id'])
    .where('role_id', '=', role['id'])
    .where('scope_key', '=', row['scope_key'])
    .executeTakeFirst();
  if (held !== undefined && (held['expires'] === null || held['expires'] > ctx.now)) throw new Conflict(`The role ${role['name']} is held there already`);
  if (held !== undefined) await ctx.db.deleteFrom('role_assignment').where('id', '=', held['id']).execute();
  try {
    await ctx.db.insertInto('role_assignment').values(row).execute();
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict(`The role ${role['name']} is held there already`);
    throw error;
  }
  return row['id'] as string;
};

const role = (ctx: Context, name: string): Promise<Values> => must(ctx, ctx.registry.get('role'), name, 'read', ['id', 'name']);

/** What a new account is given: roles at the server, teams, roles in projects. */
export interface Joining {
  readonly roles?: readonly string[] | null;
  readonly teams?: readonly string[] | null;
  readonly projects?: readonly { readonly project: string; readonly role?: string | null }[] | null;
}

/** Gives a new account its roles and teams; `fallback` is the role where none is named. */
export const join = async (ctx: Context, account_id: string, joining: Joining, fallback: string | null): Promise<readonly string[]> => {
  const names = joining.roles ?? (fallback === null ? [] : [fallback]);
  if (new Set(names).size !== names.length) throw new Invalid('roles names the same role twice');
  for (const name of names) await give(ctx, await role(ctx, name), account(account_id), atServer);
  for (const entry of joining.projects ?? []) {
    const project = await must(ctx, ctx.registry.get('project'), entry.project, 'read', ['id']);
    await give(ctx, await role(ctx, entry.role ?? 'developer'), account(account_id), inProject(project['id']));
  }
  for (const name of joining.teams ?? []) {
    const team = await must(ctx, ctx.registry.get('team'), name, 'update', ['id', 'name']);
    await addMember(ctx, team, account_id);
  }
  return names;
};

/** Puts an account into a team. Throws NotAllowed where the team holds more than the actor. Nothing happens where it is in it already. */
export const addMember = async (ctx: Context, team: Values, account_id: string): Promise<void> => {
  await mustHoldAllOf(ctx, [team['id']], `add somebody to the team ${team['name']}`, account_id === ctx.actor.id);
  await touchGrants(ctx);
  await ctx.db
    .insertInto('team_member')
    .values({ team_id: team['id'], account_id, created: ctx.now, added_by: ctx.actor.id || null })
    .onConflict((conflict) => conflict.columns(['team_id', 'account_id']).doNothing())
    .execute();
};

/** The wire's is_admin switch: the role admin, or developer in its place. */
export const setAdmin = async (ctx: Context, account_id: string, admin: boolean): Promise<void> => {
  const permission = admin ? 'role_assignment:create' : 'role_assignment:delete';
  if (!holds(ctx, permission, null)) throw await refuse(ctx, permission, admin ? 'make somebody an administrator' : 'take the role admin from somebody');
  await touchGrants(ctx);
  const admins = await role(ctx, ADMIN_ROLE);
  if (admin) {
    await give(ctx, admins, account(account_id), atServer);
    return;
  }
  await ctx.db.deleteFrom('role_assignment').where('user_id', '=', account_id).where('role_id', '=', admins['id']).where('scope', '=', 'server').execute();
  const left = await ctx.db.selectFrom('role_assignment').select('id').where('user_id', '=', account_id).where('scope', '=', 'server').executeTakeFirst();
  if (left === undefined) await give(ctx, await role(ctx, 'developer'), account(account_id), atServer);
  await keepAnAdministrator(ctx);
};
