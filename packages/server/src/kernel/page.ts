// Knows: how one page of a list is read: branch by branch, each from its own index, merged; and how its total is known.
// Must not know: any resource.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from './context.ts';
import { Refused } from './errors.ts';
import { columnsOf, onlyOwn, valueOf } from './find.ts';
import { column, named } from './names.ts';
import { noProject, type ListRequest } from './query.ts';
import type { Resource, Values } from './resource.ts';
import { always, and, anyOf, branches, mayColumns, type Branch, type Condition } from './visible.ts';

/** Beyond this many rows a page is cut from the whole list instead of merged branch by branch. */
const MERGE_LIMIT = 5_000;

interface Plan {
  readonly table: RawBuilder<unknown>;
  readonly ways: readonly Branch[];
  /** What holds whatever the way: the resource's own rows, the project, the caller's filters. */
  readonly asked: Condition;
  /** The same without the project, for ways whose own condition names it. */
  readonly filters: Condition;
}

const plan = (ctx: Context, resource: Resource, request: ListRequest): Plan => {
  const filters = and(
    onlyOwn(resource, 't'),
    ...request.beside,
    request.conditions.length === 0 ? always : sql`(${sql.join(request.conditions, request.or ? sql` or ` : sql` and `)})`,
  );
  const project = request.project_id === null ? always : sql`${column('t', 'project_id')} = ${request.project_id}`;
  return { table: named(resource.table), ways: branches(ctx, resource, 'read', 't', { within: request.project_id }), asked: and(project, filters), filters };
};

/** Rows that one way opens. A way that opens few rows is read from where it starts, not by looking through the whole table. */
const rowsOf = (of: Plan, way: Branch, select: RawBuilder<unknown>): RawBuilder<unknown> =>
  way.page === undefined
    ? sql`select ${select} from ${of.table} as t where ${and(of.asked, way.where)}`
    : sql`select ${select} from ${way.page.from} ${of.table} as t where ${and(way.page.covers_project ? of.filters : of.asked, way.page.where)}`;

/** The rows of one page, the total, and which actions are allowed on each: one statement, one snapshot. */
export const runList = async (ctx: Context, resource: Resource, request: ListRequest): Promise<{ rows: Values[]; total: number; may: (row: Values) => string[] }> => {
  const of = plan(ctx, resource, request);
  const offset = (request.page - 1) * request.size;
  const key = sortValue(ctx, resource, request.sort.key);
  const direction = request.sort.descending ? sql`desc` : sql`asc`;
  const order = (k: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
    key.nullable ? sql`order by case when ${k} is null then 1 else 0 end, ${k} ${direction}, ${id} ${direction}` : sql`order by ${k} ${direction}, ${id} ${direction}`;
  const keys = sql`t.id as pid, ${key.value} as pk`;
  const most = offset + request.size;
  // One's own rows come from an index in order; what is given or judged elsewhere is gathered first.
  const part = (way: Branch) =>
    way.few && (way.page !== undefined || way.kind !== 'owner')
      ? sql`with few as materialized (${rowsOf(of, way, keys)}) select pid, pk from few ${order(sql`pk`, sql`pid`)} limit ${most}`
      : sql`${rowsOf(of, way, keys)} ${order(key.value, sql`t.id`)} limit ${most}`;
  const ids =
    of.ways.length > 0 && most <= MERGE_LIMIT
      ? sql`select pid, pk from (${sql.join(
          of.ways.map((way, i) => sql`select * from (${part(way)}) as ${named(`way_${i}`)}`),
          sql` union `,
        )}) as ways ${order(sql`pk`, sql`pid`)} limit ${request.size} offset ${offset}`
      : sql`select ${keys} from ${of.table} as t where ${and(of.asked, anyOf(of.ways))} ${order(key.value, sql`t.id`)} limit ${request.size} offset ${offset}`;
  const may = mayColumns(ctx, resource, 't');
  const wanted = request.hydrate
    ? undefined
    : Object.entries(resource.fields)
        .filter(([name, field]) => !field.secret && (field.tier !== 'metadata' || name.endsWith('_id')))
        .map(([name]) => name)
        .concat('id');
  const count = totalOf(ctx, resource, request, of);
  const { rows } = await sql<Values>`select ${sql.join([...columnsOf(ctx, resource, 't', wanted), ...may.columns, sql`${count} as list_total`])}
    from (${ids}) as page join ${of.table} as t on t.id = page.pid ${order(sql`page.pk`, sql`page.pid`)}`.execute(ctx.db);
  if (rows.length > 0) return { rows, total: Number(rows[0]!['list_total']), may: may.read };
  if (request.hidden_project !== null) throw noProject(request.hidden_project);
  if (offset === 0) return { rows, total: 0, may: may.read };
  const total = Number((await sql<{ n: number }>`select ${count} as n`.execute(ctx.db)).rows[0]!.n);
  throw new Refused(`There are only ${Math.max(1, Math.ceil(total / request.size))} pages of this list; page ${request.page} was asked for`);
};

/**
 * The number of visible rows. Whoever sees everything that is not private, and filters by nothing, gets it from the kept tally;
 * whoever sees little has his few rows counted; only a filter over everything looks at all rows.
 */
const totalOf = (ctx: Context, resource: Resource, request: ListRequest, of: Plan): RawBuilder<unknown> => {
  const open = of.ways.find((way) => !way.few);
  if (of.ways.length === 0) return sql`0`;
  if (open === undefined)
    return sql`(select count(*) from (${sql.join(
      of.ways.map((way) => rowsOf(of, way, sql`t.id as pid`)),
      sql` union `,
    )}) as ways)`;
  const plain = request.conditions.length + request.beside.length === 0 && resource.only === undefined;
  const sorts = of.ways.every((way) => way.through.length === 0 && ['owner', 'server', 'direct', 'local'].includes(way.kind));
  if (resource.tally !== true || !plain || !sorts) return sql`(select count(*) from ${of.table} as t where ${and(of.asked, anyOf(of.ways))})`;
  const within = request.project_id === null ? sql`` : sql` and project_id = ${request.project_id}`;
  const kept = (owner: string, hidden: number | null) =>
    sql`coalesce((select sum(n) from tally where kind = ${resource.table}${within} and owner = ${owner}${hidden === null ? sql`` : sql` and private = ${hidden}`}), 0)`;
  if (open.where === always) return kept('', null);
  const direct = of.ways.find((way) => way.kind === 'direct');
  const given =
    direct === undefined
      ? []
      : [
          sql`(select count(*) from ${of.table} as t where ${and(of.asked, direct.where)} and ${column('t', 'private')} = 1 and (${column('t', resource.access.owner!)} is null or ${column('t', resource.access.owner!)} <> ${ctx.actor.id}))`,
        ];
  return sql`(${sql.join([kept('', 0), kept(ctx.actor.id, 1), ...given], sql` + `)})`;
};

const sortValue = (ctx: Context, resource: Resource, key: string): { value: RawBuilder<unknown>; nullable: boolean } => {
  const own = Object.hasOwn(resource.sorts ?? {}, key) ? resource.sorts![key] : undefined;
  if (own !== undefined) return { value: own('t', ctx), nullable: true };
  if (key === 'id') return { value: column('t', 'id'), nullable: false };
  const field = resource.fields[key]!;
  return { value: valueOf(ctx, resource, key, 't'), nullable: field.nullable || field.value !== undefined || field.needs !== undefined };
};
