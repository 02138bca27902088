// Runs counted and measured by group, in one statement over what the caller may read (wire: POST /runs/statistics).
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import { parseJson, plainNumbers } from '../../kernel/json.ts';
import { and, visible } from '../../kernel/visible.ts';
import { noProject, parseList, type Query } from '../../kernel/query.ts';
import type { Values } from '../../kernel/resource.ts';

export const SIMPLE = ['status', 'pipeline', 'snapshot', 'source_snapshot', 'stack', 'trigger', 'user', 'tag'] as const;
export const GRANULARITIES = ['hour', 'day', 'week', 'month'] as const;
export const SOURCES = ['duration', 'step_count', 'cached_step_count', 'output_artifact_count', 'metadata'] as const;
export const AGGREGATIONS = ['avg', 'sum', 'min', 'max'] as const;
export interface Grouping {
  readonly name: string;
  readonly type: string;
  readonly granularity?: string;
  readonly metadata_key?: string;
}
export interface Metric {
  readonly name: string;
  readonly source: string;
  readonly aggregation: string;
  readonly metadata_key?: string;
}
export interface Question {
  readonly filter: Values;
  readonly groupings?: readonly Grouping[];
  readonly metrics?: readonly Metric[];
  readonly max_groups?: number;
}

/** As many conditions as the query of a list may have. */
const MOST_CONDITIONS = 200;
/** The filter as the query of a list would say it. Throws Invalid. */
const asQuery = (filter: Values): Query => {
  const said = Object.entries(plainNumbers(filter) as Values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)] as const);
  if (said.flatMap(([, value]) => value).length > MOST_CONDITIONS)
    throw new Invalid(`filter holds more than ${MOST_CONDITIONS} values; use oneof:[…] for a choice of many`);
  return Object.fromEntries(said);
};

const twice = (names: readonly string[]): boolean => new Set(names).size < names.length;
const judge = (groupings: readonly Grouping[], metrics: readonly Metric[]): void => {
  if (twice(groupings.map((one) => one.name))) throw new Invalid('Two groupings have the same name; each needs one of its own');
  if (twice(metrics.map((one) => one.name))) throw new Invalid('Two metrics have the same name; each needs one of its own');
  if (groupings.filter((one) => one.type === 'time').length > 1) throw new Invalid('Runs can be grouped by time once');
  for (const one of groupings) {
    if (one.type === 'time' && one.granularity === undefined) throw new Invalid(`The grouping '${one.name}' needs a granularity: ${GRANULARITIES.join(', ')}`);
    if (one.type === 'metadata' && one.metadata_key === undefined) throw new Invalid(`The grouping '${one.name}' needs a metadata_key`);
  }
  for (const one of metrics) if (one.source === 'metadata' && one.metadata_key === undefined) throw new Invalid(`The metric '${one.name}' needs a metadata_key`);
};

/** The newest value under a key; as a number only where it is one. */
const metadata = (ctx: Context, key: string, numeric: boolean): RawBuilder<unknown> => {
  const number =
    ctx.database.dialect === 'sqlite'
      ? sql`case when json_type(m.value) in ('integer', 'real') then cast(m.value as real) end`
      : sql`case when m.value ~ '^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,3})?$' then cast(m.value as numeric) end`;
  return sql`(select ${numeric ? sql`case when m.type in ('int', 'float') then ${number} end` : sql`m.value`} from run_metadata_resource as l join run_metadata as m on m.id = l.run_metadata_id
    where l.resource_type = 'pipeline_run' and l.resource_id = t.id and m.key = ${key} order by m.created desc, m.id desc limit 1)`;
};

const bucket = (ctx: Context, granularity: string): RawBuilder<unknown> => {
  if (granularity === 'hour') return sql`substr(t.start_time, 1, 10) || ' ' || substr(t.start_time, 12, 2) || ':00:00'`;
  if (granularity === 'day') return sql`substr(t.start_time, 1, 10)`;
  if (granularity === 'month') return sql`substr(t.start_time, 1, 7) || '-01'`;
  // A week is called by its Monday.
  return ctx.database.dialect === 'sqlite'
    ? sql`date(substr(t.start_time, 1, 10), '-6 days', 'weekday 1')`
    : sql`to_char(date_trunc('week', cast(substr(t.start_time, 1, 10) as timestamp)), 'YYYY-MM-DD')`;
};

const groupValue = (ctx: Context, one: Grouping): RawBuilder<unknown> => {
  switch (one.type) {
    case 'time':
      return bucket(ctx, one.granularity!);
    case 'metadata':
      return metadata(ctx, one.metadata_key!, false);
    case 'source_snapshot':
      return sql`(select s.source_snapshot_id from pipeline_snapshot as s where s.id = t.snapshot_id)`;
    case 'trigger':
      return ctx.registry.has('trigger')
        ? sql`(select e.trigger_id from trigger_execution as e join run_trigger as rt on rt.id = e.trigger_id where e.pipeline_run_id = t.id and ${visible(ctx, ctx.registry.get('trigger'), 'read', 'rt')} limit 1)`
        : sql`cast(null as text)`;
    case 'tag':
      return sql`tagged.name`;
    default:
      return sql.ref(one.type === 'status' ? 't.status' : `t.${one.type}_id`);
  }
};

const steps = (what: RawBuilder<unknown>, more = sql``) => sql`(select count(distinct ${what}) from step_run as s ${more} where s.pipeline_run_id = t.id)`;
const metricValue = (ctx: Context, one: Metric): RawBuilder<unknown> => {
  switch (one.source) {
    case 'step_count':
      return steps(sql`s.name`);
    case 'cached_step_count':
      return steps(sql`case when s.status = 'cached' then s.name end`);
    case 'output_artifact_count':
      return steps(sql`o.artifact_version_id`, sql`join step_output as o on o.step_run_id = s.id`);
    case 'metadata':
      return metadata(ctx, one.metadata_key!, true);
    default:
      return ctx.database.dialect === 'sqlite'
        ? sql`(julianday(t.end_time) - julianday(t.start_time)) * 86400.0`
        : sql`extract(epoch from cast(t.end_time as timestamp) - cast(t.start_time as timestamp))`;
  }
};

/** A value of a group as JSON has it; metadata that is no single value counts as none. */
const keyOf = (one: Grouping, value: unknown): unknown => {
  if (value === null || value === undefined || one.type !== 'metadata') return value ?? null;
  const decoded = parseJson(value as string);
  return typeof decoded === 'object' && decoded !== null && !('rawJSON' in decoded) ? null : decoded;
};
const finite = (value: unknown): number | null => (value === null || value === undefined || !Number.isFinite(Number(value)) ? null : Number(value));

/** The groups of the runs that the caller may read. Throws Invalid, and NotFound for a project that he cannot see. */
export const runStatistics = async (ctx: Context, asked: Question): Promise<{ groups: readonly Values[]; truncated: boolean }> => {
  const [groupings, metrics, most] = [asked.groupings ?? [], asked.metrics ?? [], asked.max_groups ?? 1000];
  judge(groupings, metrics);
  const run = ctx.registry.get('run');
  const request = await parseList(ctx, run, asQuery(asked.filter));
  const wished = request.conditions.length === 0 ? [] : [request.or ? sql`(${sql.join(request.conditions, sql` or `)})` : and(...(request.conditions as never[]))];
  const where = and(visible(ctx, run, 'read', 't'), sql`t.project_id = ${request.project_id}`, ...(request.beside as never[]), ...(wished as never[]));
  // Columns are told apart by place: names are the caller's.
  const columns = [
    ...groupings.map((one, i) => sql`${groupValue(ctx, one)} as ${sql.ref(`g${i}`)}`),
    ...metrics.map((one, i) => sql`${metricValue(ctx, one)} as ${sql.ref(`m${i}`)}`),
  ];
  const tags = groupings.some((one) => one.type === 'tag')
    ? sql`left join (select tr.resource_id, tg.name from tag_resource as tr join tag as tg on tg.id = tr.tag_id where tr.resource_type = 'pipeline_run' and ${visible(ctx, ctx.registry.get('tag'), 'read', 'tg')}) as tagged on tagged.resource_id = t.id`
    : sql``;
  const keys = groupings.map((_, i) => sql.ref(`g${i}`));
  const time = groupings.findIndex((one) => one.type === 'time');
  const direction = time >= 0 ? sql`desc` : sql`asc`;
  const sorted = (key: RawBuilder<unknown>) => sql`case when ${key} is null then 0 else 1 end ${direction}, ${key} ${direction}`;
  const order = time >= 0 ? [sorted(keys[time]!), ...keys.filter((_, i) => i !== time).map(sorted)] : [sql`n desc`, ...keys.map(sorted)];
  const { rows } = await sql<Values>`select ${sql.join([
    ...keys,
    ...metrics.map((one, i) => sql`${sql.raw(AGGREGATIONS.find((name) => name === one.aggregation)!)}(${sql.ref(`m${i}`)}) as ${sql.ref(`m${i}`)}`),
    sql`count(distinct id) as n`,
  ])} from (select ${sql.join([sql`t.id as id`, ...columns])} from pipeline_run as t ${tags} where ${where}) as runs
    ${keys.length === 0 ? sql`` : sql`group by ${sql.join(keys)}`} order by ${sql.join(order)} limit ${most + 1}`.execute(ctx.db);
  if (request.hidden_project !== null && rows.every((row) => Number(row['n']) === 0)) throw noProject(request.hidden_project);
  const kept = rows.slice(0, most);
  return {
    groups: (time >= 0 ? kept.toReversed() : kept).map((row) => ({
      group_keys: Object.fromEntries(groupings.map((one, i) => [one.name, keyOf(one, row[`g${i}`])])),
      metrics: Object.fromEntries(metrics.map((one, i) => [one.name, finite(row[`m${i}`])])),
      run_count: Number(row['n']),
    })),
    truncated: rows.length > most,
  };
};
