// Knows: docs/access-model.md, as SQL. This is the only authorization there is; lists, gets, writes and explanations all use it.
// Must not know: any resource by name, how grants are stored, what a request looks like.
import { sql, type RawBuilder } from 'kysely';
import { covers, granting, type Grant } from './actor.ts';
import type { Context } from './context.ts';
import type { Alias } from './field.ts';
import { column, named } from './names.ts';
import type { Parent, Resource } from './resource.ts';

export type Condition = RawBuilder<unknown>;
/** One way by which the rule lets an actor do something: a condition on the row and where it comes from. */
export interface Branch {
  readonly kind: 'local' | 'owner' | 'direct' | 'server' | 'project' | 'self' | 'also';
  readonly where: Condition;
  /** Two branches with the same key have the same condition. */
  readonly key: string;
  readonly permission: string;
  /** Assignments that open this branch; for `project` each counts in its own project only. */
  readonly grants: readonly Grant[];
  /** The resources through which it was reached, nearest first: a step is judged by its run. */
  readonly through: readonly Resource[];
  readonly text?: string;
  /** True where it opens few rows of many: they are then found from its own side. */
  readonly few: boolean;
  /** How a page finds those rows: what to begin with, and the condition that goes with it. */
  readonly page?: { readonly from: Condition; readonly where: Condition; readonly covers_project: boolean } | undefined;
}
export interface Asked {
  /** Keep also the branches that another one makes superfluous, for explanations. */
  readonly every?: boolean;
  /** The project in which all rows lie, where a list shows one. */
  readonly within?: string | null;
}

export const always: Condition = sql`1 = 1`;
export const never: Condition = sql`1 = 0`;

/** The permission that an action on a resource asks for. */
export const permissionFor = (resource: Resource, action: string): string => resource.access.needs?.[action] ?? `${resource.type}:${action}`;

/** True where the actor's token is restricted to less than this. */
const beyondToken = (ctx: Context, permission: string): boolean => ctx.actor.limit !== null && !covers(ctx.actor.limit, permission);

/** All of the conditions, without those that always hold. */
export const and = (...conditions: readonly (Condition | null)[]): Condition => {
  const real = conditions.filter((condition): condition is Condition => condition !== null && condition !== always);
  if (real.length === 0) return always;
  return real.length === 1 ? real[0]! : sql`(${sql.join(real, sql` and `)})`;
};

/** The condition that keeps a resource's rows apart from others in the same table. */
export const onlyOwn = (resource: Resource, t: Alias): Condition =>
  resource.only === undefined
    ? always
    : sql`(${sql.join(
        Object.entries(resource.only).map(([name, value]) => sql`${column(t, name)} = ${value}`),
        sql` and `,
      )})`;

/** Rules 1 to 4 of the access model, for the row itself. */
const own = (ctx: Context, resource: Resource, action: string, t: Alias, asked: Asked): Branch[] => {
  const { access } = resource;
  const { actor } = ctx;
  const permission = permissionFor(resource, action);
  const branch = (kind: Branch['kind'], where: Condition, key: string, grants: readonly Grant[] = []): Branch => ({
    kind,
    where,
    key,
    permission,
    grants,
    through: [],
    few: !['server', 'project'].includes(kind),
  });
  const found: Branch[] = [];
  // `me` is what lets him: a token that leaves it out leaves out his own account too, and one of `me` alone holds it.
  if (access.self !== undefined && (action === 'read' || action === 'update') && (actor.limit === null || actor.limit.has('me'))) {
    const grants = actor.grants.filter((grant) => grant.project_id === null && grant.permissions.has('me'));
    if (grants.length > 0) found.push(branch('self', sql`${column(t, access.self)} = ${actor.id}`, 'self', grants));
  }
  if (beyondToken(ctx, permission)) return found;
  if (access.owner !== null && actor.id !== '') found.push(branch('owner', sql`${column(t, access.owner)} = ${actor.id}`, 'owner'));
  if (access.scope === 'parent') return found;
  const direct = access.share ? actor.direct(resource.type, granting(permission)) : null;
  if (direct !== null) found.push(branch('direct', sql`${column(t, 'id')} in (${direct})`, `direct ${permission}`));
  const shown = resource.fields['private'] === undefined ? always : sql`${column(t, 'private')} = 0`;
  const held = actor.grants.filter((grant) => covers(grant.permissions, permission));
  // In a list of one project, a role there is as good as one at the server, and one elsewhere is none.
  const within = access.scope === 'project' && access.project === undefined ? (asked.within ?? null) : null;
  const server = held.filter((grant) => grant.project_id === null || grant.project_id === within);
  if (server.length > 0) found.push(branch('server', shown, 'server', server));
  const projects = [...new Set(held.flatMap((grant) => grant.project_id ?? []))];
  if (access.scope === 'project' && projects.length > 0 && within === null && (server.length === 0 || asked.every === true)) {
    const inThem = sql`${column(t, access.project ?? 'project_id')} in (${sql.join(projects)})`;
    found.push(
      branch(
        'project',
        and(inThem, shown),
        `project ${projects.join()}`,
        held.filter((grant) => grant.project_id !== null),
      ),
    );
  }
  return found;
};

/** What the rows that judge this one add. */
const byParent = (ctx: Context, resource: Resource, parent: Parent, action: string, t: Alias, asked: Asked): Branch[] => {
  const judge = ctx.registry.get(parent.type);
  const p = `${t}_${parent.by}`;
  const shown = and(
    parent.unless_private === true && resource.fields['private'] !== undefined ? sql`${column(t, 'private')} = 0` : null,
    parent.unless_set === undefined ? null : sql`${column(t, parent.unless_set)} is null`,
    parent.rare === true ? sql`${column(t, parent.by)} is not null` : null,
  );
  // A table may hold several kinds: only its own kind judges.
  const link = and(sql`${column(p, 'id')} = ${column(t, parent.by)}`, onlyOwn(judge, p));
  // A row lies in the project of the row that judges it.
  const inside =
    typeof asked.within === 'string' && judge.fields['project_id'] !== undefined && judge.access.project === undefined
      ? sql`${column(p, 'project_id')} = ${asked.within}`
      : null;
  const page = (branch: Branch): Branch['page'] => ({
    from: sql`${branch.page?.from ?? sql``} ${named(judge.table)} as ${named(p)} cross join`,
    where: and(link, branch.page?.where ?? branch.where, inside, shown),
    covers_project: inside !== null,
  });
  return branches(ctx, judge, parent.needs?.[action] ?? action, p, asked).map((branch) => ({
    ...branch,
    key: `${parent.type} ${parent.by}: ${branch.key}`,
    through: [judge, ...branch.through],
    few: branch.few || parent.rare === true,
    page: branch.few && parent.rare !== true ? page(branch) : undefined,
    where: and(sql`exists (select 1 from ${named(judge.table)} as ${named(p)} where ${link} and ${branch.where})`, shown),
  }));
};

/**
 * Every way by which the actor may do `action` on rows of `resource` under the alias `t`; none: he may not.
 * Those that another one makes superfluous are left out, unless `every` asks for them.
 */
export const branches = (ctx: Context, resource: Resource, action: string, t: Alias, asked: Asked = {}): readonly Branch[] => {
  if (ctx.actor.unlimited) return [{ kind: 'local', where: always, key: 'local', permission: permissionFor(resource, action), grants: [], through: [], few: false }];
  if (ctx.actor.id === '') return [];
  const also = (resource.access.also?.(ctx, action, t) ?? []).map((extra): Branch => ({
    kind: 'also',
    where: extra.where,
    key: extra.text,
    text: extra.text,
    permission: permissionFor(resource, action),
    grants: [],
    through: [],
    few: false,
  }));
  const mine = own(ctx, resource, action, t, asked);
  // Who sees all that is not private gains nothing from a parent that opens no private row.
  const wide = asked.every !== true && mine.some((branch) => branch.kind === 'server');
  const parents = (resource.access.parents ?? []).filter((parent) => !(wide && parent.unless_private === true));
  const all = [...mine, ...also, ...parents.flatMap((parent) => byParent(ctx, resource, parent, action, t, asked))];
  const open = all.find((branch) => branch.where === always);
  return open !== undefined && asked.every !== true ? [open] : all;
};

/** The branches as one condition. */
export const anyOf = (list: readonly Branch[]): Condition => {
  if (list.length === 0) return never;
  return list.length === 1
    ? list[0]!.where
    : sql`(${sql.join(
        list.map((branch) => branch.where),
        sql` or `,
      )})`;
};

/** The predicate: may the actor do `action` on the row under the alias `t`? */
export const visible = (ctx: Context, resource: Resource, action: string, t: Alias): Condition => anyOf(branches(ctx, resource, action, t));

/** Columns that say which actions are allowed on each row; actions with the same predicate share one column. */
export const mayColumns = (ctx: Context, resource: Resource, t: Alias): { columns: RawBuilder<unknown>[]; read: (row: Record<string, unknown>) => string[] } => {
  const seen = new Map<string, number>();
  const columns: RawBuilder<unknown>[] = [];
  const places = ctx.registry
    .offered(resource)
    .filter((action) => action !== 'create')
    .map((action) => {
      const list = branches(ctx, resource, action, t);
      const key = list
        .map((branch) => branch.key)
        .sort()
        .join(' | ');
      const place = list.length === 0 ? -1 : (seen.get(key) ?? columns.push(sql`case when ${anyOf(list)} then 1 else 0 end as ${named(`may_${columns.length}`)}`) - 1);
      if (place >= 0) seen.set(key, place);
      return [action, place] as const;
    });
  return { columns, read: (row) => places.filter(([, place]) => place >= 0 && Number(row[`may_${place}`]) === 1).map(([action]) => action) };
};

/** Does the actor hold this permission at the server or, where one is named, in the project? For what has no row yet. */
export const holds = (ctx: Context, permission: string, project_id: string | null): boolean => {
  if (ctx.actor.unlimited) return true;
  if (beyondToken(ctx, permission)) return false;
  return ctx.actor.grants.some((grant) => (grant.project_id === null || grant.project_id === project_id) && covers(grant.permissions, permission));
};
