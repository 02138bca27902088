// Knows: how a list is asked for and how it becomes one statement. Must not know: any resource.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from './context.ts';
import { Invalid, NotFound, Refused } from './errors.ts';
import { compare, negative, parseWanted, type Wanted } from './filter.ts';
import { columnsOf, find, onlyOwn, valueOf } from './find.ts';
import { column, named } from './names.ts';
import type { Filter, Resource, Values } from './resource.ts';
import { unknownField } from './validate.ts';
import { always, anyOf, branches, mayColumns, never, visible, type Condition } from './visible.ts';

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
}
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const CONTROLS = ['page', 'size', 'sort_by', 'logical_operator', 'hydrate', 'project'];
/** Beyond this many rows a page is cut from the whole list instead of merged branch by branch. */
const MERGE_LIMIT = 5_000;
export const MAX_PAGE_SIZE = 10_000;
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
  const made: Record<string, Filter> = Object.fromEntries(fields.map(([name, field]) => [name, {
    kind: field.kind, test: (t: string, is, ctx: Context) => is(name === 'id' ? column(t, 'id') : valueOf(ctx, resource, name, t)),
  } satisfies Filter]));
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
  kind: 'text', negate_outside: true,
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
export const condition = (ctx: Context, resource: Resource, name: string, given: string, t: string): Condition => {
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
    for (const given of typeof value === 'string' ? [value] : value) (filters[name]!.beside === true ? beside : conditions).push(condition(ctx, resource, name, given, 't'));
  }
  const operator = last(query['logical_operator']) ?? 'and';
  if (operator !== 'and' && operator !== 'or') throw new Invalid("logical_operator must be 'and' or 'or'");
  return {
    page: whole('page', last(query['page']), 1, MAX_PAGE),
    size: whole('size', last(query['size']), 20, MAX_PAGE_SIZE),
    sort: parseSort(resource, last(query['sort_by']) ?? 'created'),
    conditions, beside, or: operator === 'or',
    hydrate: flag('hydrate', last(query['hydrate']), false),
    project_id: await projectOf(ctx, resource, last(query['project'])),
  };
};

const parseSort = (resource: Resource, given: string): ListRequest['sort'] => {
  const [head, ...rest] = given.split(':');
  const key = rest.length > 0 ? rest.join(':') : head!;
  const known = [...Object.keys(resource.sorts ?? {}), ...Object.keys(resource.fields).filter((name) => resource.fields[name]!.filter), 'id'];
  if (!known.includes(key)) throw new Invalid(`cannot sort: ${unknownField(key, known)}`);
  return { key, descending: rest.length > 0 && head === 'desc' };
};

/** Lists of what lies in projects show one project: the named one, else the one called `default` (wire.md 12.2). */
const projectOf = async (ctx: Context, resource: Resource, given: string | undefined): Promise<string | null> => {
  if (resource.fields['project_id'] === undefined || resource.access.project !== undefined) return null;
  const optional = resource.fields['project_id'].nullable;
  if (given === undefined && optional) return null;
  const projects = ctx.registry.get('project');
  const all = { ...ctx, actor: { ...ctx.actor, unlimited: true } };
  const row = await find(all, projects, given ?? 'default', 'read', ['id']);
  if (row === null) throw new NotFound(`There is no project '${given ?? 'default'}', or you may not see it`);
  return row['id'] as string;
};

/** The rows of one page, the total, and which actions are allowed on each: one statement, one snapshot. */
export const runList = async (ctx: Context, resource: Resource, request: ListRequest): Promise<{ rows: Values[]; total: number; may: (row: Values) => string[] }> => {
  const table = named(resource.table);
  const scope: Condition[] = [onlyOwn(resource, 't'), request.project_id === null ? always : sql`t.project_id = ${request.project_id}`, ...request.beside];
  const asked = request.conditions.length === 0 ? always : sql`(${sql.join(request.conditions, request.or ? sql` or ` : sql` and `)})`;
  const ways = branches(ctx, resource, 'read', 't');
  const where = (rule: Condition) => sql.join([...scope, asked, rule].filter((part, i, all) => part !== always || i === all.length - 1), sql` and `);
  const offset = (request.page - 1) * request.size;
  const key = sortValue(ctx, resource, request.sort.key);
  const direction = request.sort.descending ? sql`desc` : sql`asc`;
  const order = (k: RawBuilder<unknown>, id: RawBuilder<unknown>) => key.nullable
    ? sql`order by case when ${k} is null then 1 else 0 end, ${k} ${direction}, ${id} ${direction}` : sql`order by ${k} ${direction}, ${id} ${direction}`;
  const part = (rule: Condition, limit: number, skip: number) => sql`select t.id as pid, ${key.value} as pk from ${table} as t
    where ${where(rule)} ${order(key.value, sql`t.id`)} limit ${limit}${skip > 0 ? sql` offset ${skip}` : sql``}`;
  const merged = ways.length > 1 && offset + request.size <= MERGE_LIMIT;
  const ids = merged
    ? sql`select pid, pk from (${sql.join(ways.map((way, i) => sql`select * from (${part(way.where, offset + request.size, 0)}) as ${named(`way_${i}`)}`), sql` union `)}) as ways
        ${order(sql`pk`, sql`pid`)} limit ${request.size} offset ${offset}`
    : part(ways.length === 0 ? never : anyOf(ways), request.size, offset);
  const may = mayColumns(ctx, resource, 't');
  const wanted = request.hydrate ? undefined : Object.entries(resource.fields).filter(([name, field]) => !field.secret && (field.tier !== 'metadata' || name.endsWith('_id'))).map(([name]) => name).concat('id');
  const count = sql`(select count(*) from ${table} as t where ${where(anyOf(ways))})`;
  const { rows } = await sql<Values>`select ${sql.join([...columnsOf(ctx, resource, 't', wanted), ...may.columns, sql`${count} as list_total`])}
    from (${ids}) as page join ${table} as t on t.id = page.pid ${order(sql`page.pk`, sql`page.pid`)}`.execute(ctx.db);
  if (rows.length > 0) return { rows, total: Number(rows[0]!['list_total']), may: may.read };
  const total = offset === 0 ? 0 : Number((await sql<{ n: number }>`select ${count} as n`.execute(ctx.db)).rows[0]!.n);
  if (offset > 0) throw new Refused(`There are only ${Math.max(1, Math.ceil(total / request.size))} pages of this list; page ${request.page} was asked for`);
  return { rows, total, may: may.read };
};

const sortValue = (ctx: Context, resource: Resource, key: string): { value: RawBuilder<unknown>; nullable: boolean } => {
  const own = Object.hasOwn(resource.sorts ?? {}, key) ? resource.sorts![key] : undefined;
  if (own !== undefined) return { value: own('t', ctx), nullable: true };
  if (key === 'id') return { value: column('t', 'id'), nullable: false };
  const field = resource.fields[key]!;
  return { value: valueOf(ctx, resource, key, 't'), nullable: field.nullable || field.value !== undefined || field.needs !== undefined };
};
