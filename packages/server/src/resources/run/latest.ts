// The newest run of a pipeline or snapshot that the caller may see.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Alias } from '../../kernel/field.ts';
import { byIds } from '../../kernel/hydrate.ts';
import { by, derived, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

/** `template_id` is what the run's snapshot came from. */
type Column = 'pipeline_id' | 'snapshot_id' | 'template_id';
const link = (column: Column, of: RawBuilder<unknown>): RawBuilder<unknown> =>
  column === 'template_id'
    ? sql`exists (select 1 from pipeline_snapshot as via where via.id = latest.snapshot_id and via.template_id = ${of})`
    : sql`${sql.ref(`latest.${column}`)} = ${of}`;
/** A value of the newest visible run, in SQL. */
const ofLatest =
  (column: Column, value: (x: Alias) => RawBuilder<unknown>) =>
  (t: Alias, ctx: Context): RawBuilder<unknown> =>
    sql`(select ${value('latest')} from pipeline_run as latest where ${link(column, sql.ref(`${t}.id`))} and ${visible(ctx, ctx.registry.get('run'), 'read', 'latest')}
    order by latest.created desc, latest.id desc limit 1)`;

const cache = new WeakMap<readonly unknown[], Promise<ReadonlyMap<string, Values>>>();
/** The newest visible runs of a page of things, asked for once however many relations show them. */
const latestOf = (ctx: Context, column: Column, table: string, rows: readonly Values[]): Promise<ReadonlyMap<string, Values>> => {
  const load = async (): Promise<ReadonlyMap<string, Values>> => {
    const ids = rows.map((row) => row['id'] as string);
    const found =
      await sql<Values>`select r.id, r.status, r.user_id, p.id as owner from ${sql.table(table)} as p join pipeline_run as r on r.id = ${ofLatest(column, (x) => sql.ref(`${x}.id`))('p', ctx)}
      where p.id in (${sql.join(ids)})`.execute(ctx.db);
    return new Map(found.rows.map((row) => [row['owner'] as string, row]));
  };
  const known = cache.get(rows) ?? load();
  cache.set(rows, known);
  return known;
};

/** Relations, filter and sort for the newest run. */
export const latestRun = (column: Column, table: string) => {
  const pick = (name: string) =>
    derived(async (ctx, rows) => new Map([...(await latestOf(ctx, column, table, rows))].map(([id, run]) => [id, run[name]])), { empty: null });
  return {
    relations: {
      latest_run_id: pick('id'),
      latest_run_status: pick('status'),
      latest_run_user: derived(
        async (ctx, rows) => {
          const runs = await latestOf(ctx, column, table, rows);
          const people = await byIds(ctx, ctx.registry.get('account'), [...new Set([...runs.values()].flatMap((run) => (run['user_id'] as string | null) ?? []))]);
          return new Map([...runs].map(([id, run]) => [id, people.get(run['user_id']) ?? null]));
        },
        { empty: null },
      ),
    },
    filters: {
      latest_run_status: by(
        'text',
        ofLatest(column, (x) => sql.ref(`${x}.status`)),
      ),
      latest_run_user: by('text', (t, ctx) =>
        ofLatest(
          column,
          (x) => sql`(select who.name from account as who where who.id = ${sql.ref(`${x}.user_id`)} and ${visible(ctx, ctx.registry.get('account'), 'read', 'who')})`,
        )(t, ctx),
      ),
    },
    sorts: { latest_run: ofLatest(column, (x) => sql.ref(`${x}.created`)) },
  };
};
