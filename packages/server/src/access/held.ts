// Knows: how to show which roles somebody holds and through what. For showing only; enforcement uses grants.ts.
import { sql } from 'kysely';
import type { Context } from '../kernel/context.ts';
import type { Values } from '../kernel/resource.ts';
import { visible } from '../kernel/visible.ts';
import { look } from './names.ts';

/** Names are null where the caller may see the assignment, but not what it names. */
interface HeldRole {
  readonly assignment_id: string;
  readonly role: { readonly id: string; readonly name: string | null };
  readonly scope: { readonly type: string; readonly id: string | null; readonly name: string | null; readonly resource_type: string | null };
  readonly via: { readonly id: string; readonly name: string | null } | null;
  readonly expires: string | null;
}
interface Row {
  readonly owner: string;
  readonly id: string;
  readonly role_id: string;
  readonly role_name: string | null;
  readonly scope: string;
  readonly project_id: string | null;
  readonly project_name: string | null;
  readonly resource_type: string | null;
  readonly resource_id: string | null;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly expires: string | null;
}

const shown = (row: Row, things: ReadonlyMap<string, string>): HeldRole => ({
  assignment_id: row.id,
  role: { id: row.role_id, name: row.role_name },
  scope: {
    type: row.scope,
    id: row.project_id ?? row.resource_id,
    name: row.resource_id === null ? row.project_name : (things.get(row.resource_id) ?? null),
    resource_type: row.resource_type,
  },
  via: row.team_id === null || row.team_id === row.owner ? null : { id: row.team_id, name: row.team_name },
  expires: row.expires,
});

/** Names of the role and of the project, as far as the caller may see them. */
const names = (ctx: Context) => sql`${look('role', 'role_id')('a', ctx)} as role_name, ${look('project', 'project_id')('a', ctx)} as project_name`;
const team = (ctx: Context) => look('team', 'team_id')('a', ctx);

/** Names of the single things that roles were given on, of those that the caller may read. */
const thingNames = async (ctx: Context, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const [type, some] of Map.groupBy(rows, (row) => row.resource_type)) {
    if (type === null || !ctx.registry.has(type)) continue;
    const resource = ctx.registry.get(type);
    if (resource.fields['name'] === undefined) continue;
    const { rows: named } = await sql<{
      id: string;
      name: string;
    }>`select t.id, t.name from ${sql.table(resource.table)} as t where t.id in (${sql.join([...new Set(some.map((row) => row.resource_id))])}) and ${visible(ctx, resource, 'read', 't')}`.execute(
      ctx.db,
    );
    for (const { id, name } of named) found.set(id, name);
  }
  return found;
};

const group = <T>(rows: readonly (T & { owner: string })[], present: (row: T & { owner: string }) => unknown): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown[]>();
  for (const row of rows) found.set(row.owner, [...(found.get(row.owner) ?? []), present(row)]);
  return found;
};

/** Roles that accounts hold, directly or through a team, as far as the caller may see the assignments. */
export const heldBy = async (ctx: Context, accounts: readonly Values[]): Promise<ReadonlyMap<string, unknown>> => {
  const assignment = ctx.registry.get('role_assignment');
  const ids = sql.join(accounts.map((row) => row['id']));
  const { rows } =
    await sql<Row>`select w.owner, a.id, a.role_id, ${names(ctx)}, a.scope, a.project_id, a.resource_type, a.resource_id, a.team_id, ${team(ctx)} as team_name, a.expires
    from (select u.id as owner, u.id as principal from account as u where u.id in (${ids}) union all select m.account_id, m.team_id from team_member as m where m.account_id in (${ids})) as w
    join role_assignment as a on a.principal_id = w.principal
    where (a.expires is null or a.expires > ${ctx.now}) and ${visible(ctx, assignment, 'read', 'a')}
    order by case a.scope when 'server' then 0 when 'project' then 1 else 2 end, role_name, a.id`.execute(ctx.db);
  const things = await thingNames(ctx, rows);
  return group(rows, (row) => shown(row, things));
};

/** Roles that teams have been given. */
export const heldByTeams = async (ctx: Context, teams: readonly Values[]): Promise<ReadonlyMap<string, unknown>> => {
  const assignment = ctx.registry.get('role_assignment');
  const { rows } =
    await sql<Row>`select a.team_id as owner, a.id, a.role_id, ${names(ctx)}, a.scope, a.project_id, a.resource_type, a.resource_id, a.team_id, null as team_name, a.expires
    from role_assignment as a
    where a.team_id in (${sql.join(teams.map((row) => row['id']))}) and (a.expires is null or a.expires > ${ctx.now}) and ${visible(ctx, assignment, 'read', 'a')} order by a.scope desc, role_name, a.id`.execute(
      ctx.db,
    );
  const things = await thingNames(ctx, rows);
  return group(rows, (row) => shown(row, things));
};

/** Who holds a role in each project, not counting roles at the server. */
export const membersOf = async (ctx: Context, projects: readonly Values[]): Promise<ReadonlyMap<string, unknown>> => {
  const assignment = ctx.registry.get('role_assignment');
  const { rows } = await sql<
    Row & { kind: string; principal_id: string; principal_name: string | null }
  >`select a.project_id as owner, a.id, a.role_id, ${names(ctx)}, a.scope, a.project_id, null as resource_type, null as resource_id,
      null as team_id, null as team_name, a.expires, a.principal_id, case when a.team_id is not null then 'team' when u.is_service_account = 1 then 'service_account' else 'user' end as kind, coalesce(${team(ctx)}, ${look('account', 'user_id')('a', ctx)}) as principal_name
    from role_assignment as a left join account as u on u.id = a.user_id
    where a.project_id in (${sql.join(projects.map((row) => row['id']))}) and a.scope = 'project' and (a.expires is null or a.expires > ${ctx.now}) and ${visible(ctx, assignment, 'read', 'a')} order by principal_name, role_name, a.id`.execute(
    ctx.db,
  );
  return group(rows, (row) => ({ ...shown(row, new Map()), principal: { kind: row.kind, id: row.principal_id, name: row.principal_name } }));
};

/** Teams that accounts are in, as far as the caller may see them. */
export const teamsOf = async (ctx: Context, accounts: readonly Values[]): Promise<ReadonlyMap<string, unknown>> => {
  const team = ctx.registry.get('team');
  const { rows } = await sql<{
    owner: string;
    id: string;
    name: string;
  }>`select m.account_id as owner, t.id, t.name from team_member as m join team as t on t.id = m.team_id
    where m.account_id in (${sql.join(accounts.map((row) => row['id']))}) and ${visible(ctx, team, 'read', 't')} order by t.name`.execute(ctx.db);
  return group(rows, ({ id, name }) => ({ id, name }));
};
