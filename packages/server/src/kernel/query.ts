// Knows: how a list is asked for and how it becomes one statement. Must not know: any resource.
import { sql } from 'kysely';
import type { Context } from './context.ts';
import { Invalid, NotFound } from './errors.ts';
import { compare, negative, parseWanted, type Wanted } from './filter.ts';
import { find, valueOf } from './find.ts';
import { column, named } from './names.ts';
import type { Filter, Resource } from './resource.ts';
import { unknownField } from './validate.ts';
import { visible, type Condition } from './visible.ts';

export interface ListRequest {
  readonly page: number;
  readonly size: number;
  readonly sort: { readonly key: string; readonly descending: boolean };
  readonly conditions: readonly Condition[];
  /** What holds beside them, however they are joined. */
  readonly beside: readonly Condition[];
  readonly or: boolean;
  readonly hydrate: boolean;
  readonly project_id: string | null;
  /** The caller may not read that project: where the list shows him nothing, it must not exist for him. */
  readonly hidden_project: string | null;
}
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const CONTROLS = ['page', 'size', 'sort_by', 'logical_operator', 'hydrate', 'project', 'project_name_or_id', 'scope_user'];
/** In place of a project: all of them, as far as the caller may read what lies there. */
const EVERY_PROJECT = '*';
const MAX_PAGE_SIZE = 10_000;
/** So that page times size stays an exact number. */
const MAX_PAGE = 100_000_000;

const last = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.at(-1));
const whole = (name: string, value: string | undefined, fallback: number, max: number): number => {
  if (value === undefined) return fallback;
  const parsed = Number(value);
  if (!/^\d+$/.test(value) || parsed < 1 || parsed > max) throw new Invalid(`${name} must be a whole number from 1 to ${max}`);
  return parsed;
};
/** The lax booleans of the wire (wire.md 6.8). */
export const flag = (name: string, value: string | undefined, fallback: boolean): boolean => {
  if (value === undefined) return fallback;
  if (/^(true|t|yes|y|on|1)$/i.test(value)) return true;
  if (/^(false|f|no|n|off|0)$/i.test(value)) return false;
  throw new Invalid(`${name} must be true or false`);
};

/** The filters of a resource by name: its fields, its related things by name or id, and those it declares. */
export const filtersOf = (resource: Resource): Readonly<Record<string, Filter>> => {
  const known = cache.get(resource);
  if (known !== undefined) return known;
  const fields = Object.entries({ id: { kind: 'uuid' as const, filter: true }, ...resource.fields }).filter(([, field]) => field.filter);
  const made: Record<string, Filter> = Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      { kind: field.kind, test: (t: string, is, ctx: Context) => is(name === 'id' ? column(t, 'id') : valueOf(ctx, resource, name, t)) } satisfies Filter,
    ]),
  );
  for (const [name, relation] of Object.entries(resource.relations ?? {})) {
    if (relation.kind === 'one' && relation.by !== undefined) made[name] = related(relation.type, relation.by);
  }
  const all = { ...made, ...resource.filters };
  cache.set(resource, all);
  return all;
};
const cache = new WeakMap<Resource, Readonly<Record<string, Filter>>>();

/** Filters by the name or id of a related thing, and only by what the caller may read of it. */
export const related = (type: string, by: string): Filter => ({
  kind: 'text',
  negate_outside: true,
  test: (t, is, ctx) => {
    const target = ctx.registry.get(type);
    const names = ['name', 'full_name'].filter((name) => target.fields[name] !== undefined);
    const values = [column('rel', 'id'), ...names.map((name) => column('rel', name))];
    return sql`exists (select 1 from ${named(target.table)} as rel where rel.id = ${column(t, by)}
      and ${visible(ctx, target, 'read', 'rel')} and (${sql.join(values.map(is), sql` or `)}))`;
  },
});

/** The positive form of a negated operator: "not equal" over a relation means that no related thing is equal. */
const POSITIVE: Readonly<Record<string, Wanted['operator']>> = { notequals: 'equals', notcontains: 'contains', notoneof: 'oneof', isnull: 'isnotnull' };

/** One condition of the caller, in SQL. */
const condition = (ctx: Context, resource: Resource, name: string, given: string, t: string): Condition => {
  const entry = filtersOf(resource)[name]!;
  if (entry.raw !== undefined) return entry.raw(t, given, ctx);
  const wanted = parseWanted(given);
  if (entry.negate_outside === true && negative(wanted.operator)) {
    return sql`not ${entry.test(t, compare(name, entry.kind, { ...wanted, operator: POSITIVE[wanted.operator]! }), ctx)}`;
  }
  return entry.test(t, compare(name, entry.kind, wanted), ctx);
};

/** Reads the query of a list. Throws Invalid on unknown fields, operators or values, NotFound on an unknown project. */
export const parseList = async (ctx: Context, resource: Resource, query: Query): Promise<ListRequest> => {
  const filters = filtersOf(resource);
  const conditions: Condition[] = [];
  const beside: Condition[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || CONTROLS.includes(name) || resource.flags?.includes(name) === true) continue;
    if (!Object.hasOwn(filters, name)) {
      if (ctx.lenient) continue;
      throw new Invalid(unknownField(name, [...Object.keys(filters), ...CONTROLS]));
    }
    for (const given of typeof value === 'string' ? [value] : value)
      (filters[name]!.beside === true ? beside : conditions).push(condition(ctx, resource, name, given, 't'));
  }
  const whose = last(query['scope_user']);
  const owner = resource.access.owner ?? (resource.fields['user_id'] === undefined ? null : 'user_id');
  if (whose !== undefined && owner !== null) beside.push(compare('scope_user', 'uuid', { operator: 'equals', value: whose })(column('t', owner)));
  const operator = last(query['logical_operator']) ?? 'and';
  if (operator !== 'and' && operator !== 'or') throw new Invalid("logical_operator must be 'and' or 'or'");
  return {
    page: whole('page', last(query['page']), 1, MAX_PAGE),
    size: whole('size', last(query['size']), 20, MAX_PAGE_SIZE),
    sort: parseSort(resource, last(query['sort_by']) ?? 'created'),
    conditions,
    beside,
    or: operator === 'or',
    hydrate: flag('hydrate', last(query['hydrate']), false),
    ...(await projectOf(ctx, resource, last(query['project']) ?? last(query['project_name_or_id']))),
  };
};

const parseSort = (resource: Resource, given: string): ListRequest['sort'] => {
  const [head, ...rest] = given.split(':');
  const key = rest.length > 0 ? rest.join(':') : head!;
  const known = [...Object.keys(resource.sorts ?? {}), ...Object.keys(resource.fields).filter((name) => resource.fields[name]!.filter), 'id'];
  if (!known.includes(key)) throw new Invalid(`cannot sort: ${unknownField(key, known)}`);
  return { key, descending: rest.length > 0 && head === 'desc' };
};

/** Lists of what lies in projects show one project: the named one, else the one called `default` (wire.md 12.2); `*` shows all. */
const projectOf = async (ctx: Context, resource: Resource, given: string | undefined): Promise<Pick<ListRequest, 'project_id' | 'hidden_project'>> => {
  if (resource.fields['project_id'] === undefined || resource.access.project !== undefined) return { project_id: null, hidden_project: null };
  if (given === undefined && resource.fields['project_id'].nullable) return { project_id: null, hidden_project: null };
  if (given === EVERY_PROJECT) return { project_id: null, hidden_project: null };
  const projects = ctx.registry.get('project');
  const name = given ?? 'default';
  const readable = await find(ctx, projects, name, 'read', ['id']);
  if (readable !== null) return { project_id: readable['id'] as string, hidden_project: null };
  const row = await find({ ...ctx, actor: { ...ctx.actor, unlimited: true } }, projects, name, 'read', ['id']);
  if (row === null) throw noProject(name);
  return { project_id: row['id'] as string, hidden_project: name };
};
/** The same words for a project that is missing and for one that the caller may not see. */
export const noProject = (name: string): NotFound => new NotFound(`There is no project '${name}', or you may not see it`);
