// Knows: how assignments, teams and roles become what an actor holds. The only loader: enforcement and explanation both use it.
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { covers, type Actor, type Grant } from '../kernel/actor.ts';
import type { Tables } from '../kernel/context.ts';

interface AssignmentRow {
  readonly id: string;
  readonly role_id: string;
  readonly role_name: string;
  readonly project_id: string | null;
  readonly project_name: string | null;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly expires: string | null;
  readonly resource_type: string | null;
}
interface Held {
  readonly grants: readonly Grant[];
  readonly direct: Actor['direct'];
}

/** The account and every team it is in. */
const principals = (account_id: string): RawBuilder<unknown> =>
  sql`select ${account_id} as id union all select m.team_id from team_member as m where m.account_id = ${account_id}`;
/**
 * The same, and everybody with whom something may be shared at once: all of the server, and all of each project that the account may
 * read. They are no rows: who may read a project now is in it now.
 */
export const circles = (account_id: string, grants: readonly Grant[]): RawBuilder<unknown> => {
  const readers = grants.filter((grant) => covers(grant.permissions, 'project:read'));
  const projects = readers.some((grant) => grant.project_id === null)
    ? [sql`select p.id from project as p`]
    : [...new Set(readers.map((grant) => grant.project_id!))].map((id) => sql`select ${id}`);
  return sql.join([principals(account_id), sql`select 'server'`, ...projects], sql` union all `);
};
const alive = (now: string): RawBuilder<unknown> => sql`(a.expires is null or a.expires > ${now})`;

/** Permissions by role, for all roles that are named; those that count where a role is given on one thing, if so asked. */
export const permissionsOf = async (db: Kysely<Tables>, role_ids: readonly string[], on_thing = false): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const sets = new Map<string, Set<string>>(role_ids.map((id) => [id, new Set()]));
  if (role_ids.length === 0) return sets;
  const { rows } = await sql<{
    role_id: string;
    permission: string;
  }>`select role_id, permission from role_permission where role_id in (${sql.join(role_ids)})${on_thing ? sql` and wide = 0` : sql``}`.execute(db);
  for (const row of rows) sets.get(row.role_id)!.add(row.permission);
  return sets;
};

/** What an account holds now: its own assignments and its teams', without those that have expired. */
const loadHeld = async (db: Kysely<Tables>, account_id: string, now: string): Promise<Held> => {
  const { rows } = await sql<AssignmentRow>`
    select a.id, a.role_id, r.name as role_name, a.project_id, p.name as project_name, a.team_id, t.name as team_name, a.expires, null as resource_type
      from role_assignment as a join role as r on r.id = a.role_id left join project as p on p.id = a.project_id left join team as t on t.id = a.team_id
      where a.principal_id in (${principals(account_id)}) and a.scope in ('server', 'project') and ${alive(now)}
    union all
    select distinct '', '', '', null, null, null, null, null, a.resource_type
      from role_assignment as a where (a.principal_id in (${principals(account_id)}) or a.members_of is not null) and a.scope = 'resource' and ${alive(now)}`.execute(db);
  const wide = rows.filter((row) => row.resource_type === null);
  const sets = await permissionsOf(db, [...new Set(wide.map((row) => row.role_id))]);
  const types = new Set(rows.flatMap((row) => row.resource_type ?? []));
  const grants = wide.map((row) => ({
    assignment_id: row.id,
    role: { id: row.role_id, name: row.role_name },
    permissions: sets.get(row.role_id)!,
    project_id: row.project_id,
    project_name: row.project_name,
    expires: row.expires,
    team: row.team_id === null ? null : { id: row.team_id, name: row.team_name! },
  }));
  return { grants, direct: (type, permissions) => (types.has(type) ? directRows(circles(account_id, grants), type, permissions, now) : null) };
};

/** Ids of the rows of a type on which a role with one of the permissions was given directly. */
const directRows = (who: RawBuilder<unknown>, type: string, permissions: readonly string[], now: string): RawBuilder<unknown> => sql`
  select a.resource_id from role_assignment as a join role_permission as rp on rp.role_id = a.role_id
   where a.scope = 'resource' and a.resource_type = ${type} and rp.permission in (${sql.join(permissions)}) and rp.wide = 0
     and a.principal_id in (${who}) and ${alive(now)}`;

/** An account that is active, as an actor with all that it holds; null when it is not there or not active. */
export const loadActor = async (db: Kysely<Tables>, account_id: string, now: string, as: Partial<Actor> = {}): Promise<Actor | null> => {
  const account = await db.selectFrom('account').select(['id', 'name', 'is_service_account', 'status']).where('id', '=', account_id).executeTakeFirst();
  if (account === undefined || account['status'] !== 'active') return null;
  const held = await loadHeld(db, account_id, now);
  return {
    id: account['id'],
    name: account['name'],
    kind: Number(account['is_service_account']) === 1 ? 'service_account' : 'user',
    via: 'system',
    session_id: null,
    limit: null,
    unlimited: false,
    ...held,
    ...as,
  };
};

/** The actor again with what he holds at this moment: writes call it inside their transaction. */
export const reload = async (db: Kysely<Tables>, actor: Actor, now: string): Promise<Actor> => {
  if (actor.unlimited || actor.id === '') return actor;
  const fresh = await loadActor(db, actor.id, now, { via: actor.via, session_id: actor.session_id, limit: actor.limit });
  // Deactivated since the request began: nothing is held any more.
  return fresh ?? { ...actor, id: '', kind: 'anonymous', grants: [], direct: () => null };
};
