// Knows: how to say why. It evaluates the branches of the very predicate that enforces, one by one, for the actor as the grant loader makes him.
import { sql } from 'kysely';
import { covers, type Actor, type Grant } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { Invalid, NotFound } from '../kernel/errors.ts';
import { find, must, onlyOwn } from '../kernel/find.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { askedFor, refuse } from '../kernel/refusal.ts';
import { branches, holds, permissionFor, type Branch } from '../kernel/visible.ts';
import { discreet } from './discreet.ts';
import { circles, loadActor } from './grants.ts';

export interface Reason {
  readonly kind: Branch['kind'];
  readonly text: string;
  readonly role: { readonly id: string; readonly name: string } | null;
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly scope: string | null;
  readonly assignment_id: string | null;
  readonly expires: string | null;
}
export interface Explanation {
  readonly allowed: boolean;
  readonly permission: string;
  readonly principal: { readonly id: string; readonly name: string; readonly kind: string; readonly active: boolean };
  readonly target: { readonly type: string; readonly id: string | null; readonly name: string | null };
  readonly reasons: readonly Reason[];
  readonly missing: string | null;
}

const chain = (actor: Actor, grant: Grant, permission: string): string =>
  [
    `${actor.name}${grant.team === null ? '' : ` ∈ team ${grant.team.name}`}`,
    `role ${grant.role.name}${grant.project_id === null ? '' : ` on project ${grant.project_name}`}`,
    permission,
  ].join(' → ');

const reason = (kind: Branch['kind'], text: string, grant: Grant | null): Reason => ({
  kind,
  text,
  role: grant?.role ?? null,
  team: grant?.team ?? null,
  scope: grant === null ? null : grant.project_id === null ? 'server' : `project ${grant.project_name}`,
  assignment_id: grant?.assignment_id ?? null,
  expires: grant?.expires ?? null,
});

/** What others hold is for those who may see roles being held. */
const mayAsk = async (ctx: Context, principal_id: string | null): Promise<void> => {
  if (principal_id !== ctx.actor.id && !holds(ctx, 'role_assignment:read', null)) throw await refuse(ctx, 'role_assignment:read', 'ask what others may do');
};

/** The principal by name or id, as an actor; one that is not active holds nothing. */
const actorOf = async (ctx: Context, name: string): Promise<{ actor: Actor; row: Values }> => {
  const wanted = ['id', 'name', 'status', 'is_service_account'];
  // About oneself one may ask also where one may not see people.
  const himself =
    name === ctx.actor.id || name === ctx.actor.name ? await ctx.db.selectFrom('account').select(wanted).where('id', '=', ctx.actor.id).executeTakeFirst() : undefined;
  const row: Values = himself ?? (await must(ctx, ctx.registry.get('account'), name, 'read', wanted));
  await mayAsk(ctx, row['id']);
  const kind = Number(row['is_service_account']) === 1 ? ('service_account' as const) : ('user' as const);
  const nobody: Actor = { id: row['id'], name: row['name'], kind, via: 'explain', session_id: null, limit: null, unlimited: false, grants: [], direct: () => null };
  return { actor: (await loadActor(ctx.db, row['id'], ctx.now, { via: 'explain' })) ?? nobody, row };
};

const via = (branch: Branch): string => (branch.through.length === 0 ? '' : ` (judged by its ${branch.through.map((resource) => resource.label).join(', then its ')})`);

/** Everybody, where a thing is shared with all at once. */
const everybody = (row: Values): string =>
  row['members_of'] === null ? '' : ` ∈ everyone ${row['members_of'] === 'server' ? 'on this server' : `in project ${row['project_name']}`}`;

/** The ids of the rows by which a row is judged on this way; its own where nothing stands between. */
const judgedBy = async (ctx: Context, resource: Resource, branch: Branch, row: Values): Promise<readonly string[]> => {
  let [rows, of]: [readonly Values[], Resource] = [[row], resource];
  for (const judge of branch.through) {
    const ids = rows.flatMap((one) =>
      (of.access.parents ?? []).filter((parent) => parent.type === judge.type).flatMap((parent) => (one[parent.by] as string | null) ?? []),
    );
    rows = ids.length === 0 ? [] : ((await ctx.db.selectFrom(judge.table).selectAll().where('id', 'in', ids).execute()) as Values[]);
    of = judge;
  }
  return rows.map((one) => one['id'] as string);
};

/** The chains of direct grants that open a row. */
const directReasons = async (ctx: Context, actor: Actor, resource: Resource, branch: Branch, row: Values): Promise<Reason[]> => {
  const ids = await judgedBy(ctx, resource, branch, row);
  if (ids.length === 0) return [];
  const { rows } =
    await sql<Values>`select a.id, r.id as role_id, r.name as role_name, t.id as team_id, t.name as team_name, a.expires, a.resource_type, a.members_of, p.name as project_name from role_assignment as a join role as r on r.id = a.role_id left join team as t on t.id = a.team_id left join project as p on p.id = a.members_of
    where a.scope = 'resource' and a.principal_id in (${circles(actor.id, actor.grants)}) and (a.expires is null or a.expires > ${ctx.now})
      and a.resource_id in (${sql.join(ids)})
      and exists (select 1 from role_permission as rp where rp.role_id = a.role_id and rp.wide = 0 and rp.permission in (${branch.permission}, ${branch.permission.endsWith(':read') ? 'read' : 'write'}))
      and a.resource_type = ${branch.permission.split(':')[0]}`.execute(ctx.db);
  return rows.map((grant) => ({
    kind: 'direct',
    role: { id: grant['role_id'], name: grant['role_name'] },
    team: grant['team_id'] === null ? null : { id: grant['team_id'], name: grant['team_name'] },
    scope: grant['resource_type'],
    assignment_id: grant['id'],
    expires: grant['expires'],
    text: `${actor.name}${grant['team_name'] === null ? '' : ` ∈ team ${grant['team_name']}`}${everybody(grant)} → role ${grant['role_name']} on this ${branch.through[0]?.label ?? 'very thing'} → ${branch.permission}`,
  }));
};

const reasonsOf = async (ctx: Context, actor: Actor, resource: Resource, branch: Branch, row: Values): Promise<Reason[]> => {
  const suffix = via(branch);
  switch (branch.kind) {
    case 'local':
      return [reason('local', 'local mode: roles limit nothing', null)];
    case 'owner':
      return [reason('owner', `${actor.name} owns it${suffix}`, null)];
    case 'also':
      return [reason('also', `${actor.name} ${branch.text}${suffix}`, null)];
    case 'direct':
      return directReasons(ctx, actor, resource, branch, row);
    case 'self':
      return branch.grants.map((grant) => reason('self', `${chain(actor, grant, 'me')} (one’s own account)${suffix}`, grant));
    case 'server':
      return branch.grants.map((grant) => reason('server', chain(actor, grant, branch.permission) + suffix, grant));
    case 'project': {
      const column = branch.through.length > 0 ? 'project_id' : (resource.access.project ?? 'project_id');
      return branch.grants.filter((grant) => grant.project_id === row[column]).map((grant) => reason('project', chain(actor, grant, branch.permission) + suffix, grant));
    }
  }
};

const target = async (ctx: Context, type: string, id: string): Promise<{ resource: Resource; row: Values }> => {
  const resource = known(ctx, type);
  // People ask by name, also about what the wire knows by id alone.
  const row = await find(ctx, { ...resource, by_name: resource.fields['name']?.tier === 'top' }, id, 'read');
  if (row !== null) return { resource, row };
  throw new NotFound(`There is no ${resource.label} '${id}', or you may not see it`);
};
const known = (ctx: Context, type: string): Resource => {
  if (!ctx.registry.has(type)) throw new Invalid(`There is no resource of type '${type}'`);
  return ctx.registry.get(type);
};
const judgeAction = (resource: Resource, action: string): void => {
  if (!resource.actions.includes(action)) throw new Invalid(`A ${resource.label} knows no action '${action}', only ${resource.actions.join(', ')}`);
};

/** Why may (or may not) an actor do something with a row: every branch of the predicate that lets him. */
export const explainRow = async (ctx: Context, actor: Actor, resource: Resource, action: string, row: Values): Promise<readonly Reason[]> => {
  const as: Context = { ...ctx, actor };
  const all = branches(as, resource, action, 't', { every: true });
  if (all.length === 0) return [];
  const columns = all.map((branch, i) => sql`case when ${branch.where} then 1 else 0 end as ${sql.ref(`way_${i}`)}`);
  const { rows } = await sql<Values>`select ${sql.join(columns)} from ${sql.table(resource.table)} as t where t.id = ${row['id']} and ${onlyOwn(resource, 't')}`.execute(
    ctx.db,
  );
  const open = all.filter((_, i) => Number(rows[0]?.[`way_${i}`] ?? 0) === 1);
  return (await Promise.all(open.map((branch) => reasonsOf(as, actor, resource, branch, row)))).flat();
};

const missing = (actor: Actor, permission: string, row: Values | null, active: boolean, resource: Resource): string => {
  if (!active) return `${actor.name} is not active`;
  const isPrivate = row !== null && resource.fields['private'] !== undefined && Number(row['private']) === 1;
  if (isPrivate) return `It is private: its owner would have to share it with ${actor.name} (a role with ${permission} on it)`;
  const scopes = resource.access.scope === 'project' ? 'at the server, in its project or on the thing itself' : 'at the server or on the thing itself';
  return `A role with ${permission} ${scopes}, given to ${actor.name} or to a team of theirs`;
};

/** The grants that hold where there is no row yet. */
const atServerOrIn = (actor: Actor, permission: string, project_id: string | null): readonly Reason[] =>
  actor.grants
    .filter((grant) => (grant.project_id === null || grant.project_id === project_id) && covers(grant.permissions, permission))
    .map((grant) => reason(grant.project_id === null ? 'server' : 'project', chain(actor, grant, permission), grant));

/** Whether a principal may do something, with all reasons, or what would have to be granted. Throws NotFound on what the caller cannot see. */
export const explain = async (
  ctx: Context,
  asked: { principal: string; action: string; type: string; id?: string | undefined; project?: string | undefined },
): Promise<Explanation> => {
  const { actor, row: person } = await actorOf(ctx, asked.principal);
  const about = { id: actor.id, name: actor.name, kind: actor.kind, active: person['status'] === 'active' };
  const resource = known(ctx, asked.type);
  judgeAction(resource, asked.action);
  const permission = permissionFor(resource, asked.action);
  if (asked.id === undefined || asked.id === '') {
    const project = asked.project ? await must(ctx, ctx.registry.get('project'), asked.project, 'read', ['id', 'name']) : null;
    const reasons = atServerOrIn(actor, permission, project?.['id'] ?? null);
    return {
      allowed: reasons.length > 0,
      permission,
      principal: about,
      target: { type: asked.type, id: null, name: project?.['name'] ?? null },
      reasons,
      missing: reasons.length > 0 ? null : missing(actor, permission, null, about.active, resource),
    };
  }
  const { row } = await target(ctx, asked.type, asked.id);
  // What only its parents judge is opened by theirs: that is what can be given.
  const named = askedFor(ctx, resource, asked.action);
  const reasons = await discreet(ctx, actor.id, await explainRow(ctx, actor, resource, asked.action, row));
  return {
    allowed: reasons.length > 0,
    permission: named,
    principal: about,
    target: { type: asked.type, id: row['id'], name: row['name'] ?? null },
    reasons,
    missing: reasons.length > 0 ? null : missing(actor, named, row, about.active, resource),
  };
};

const MOST = 500;
/** Everybody who may do something with a thing (or, without an id, at the server), with reasons. At most 500 accounts are asked about. */
export const whoCan = async (ctx: Context, asked: { action: string; type: string; id?: string | undefined }): Promise<unknown> => {
  const { resource, row } = asked.id ? await target(ctx, asked.type, asked.id) : { resource: known(ctx, asked.type), row: null };
  judgeAction(resource, asked.action);
  await mayAsk(ctx, null);
  const people = await ctx.db.selectFrom('account').select('id').where('status', '=', 'active').orderBy('name').limit(MOST).execute();
  const principals: unknown[] = [];
  for (const person of people) {
    const { actor } = await actorOf(ctx, person['id']);
    const reasons = row === null ? atServerOrIn(actor, permissionFor(resource, asked.action), null) : await explainRow(ctx, actor, resource, asked.action, row);
    if (reasons.length > 0) principals.push({ principal: { id: actor.id, name: actor.name, kind: actor.kind }, reasons: await discreet(ctx, actor.id, reasons) });
  }
  return { permission: askedFor(ctx, resource, asked.action), target: { type: asked.type, id: row?.['id'] ?? null, name: row?.['name'] ?? null }, principals };
};

export { actorOf };
