// What somebody who comes in wants to see first, of all projects at once.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { operation, signedIn, type Resource } from '../../kernel/resource.ts';
import { list } from '../../kernel/verbs/list.ts';
import { always, and, onlyOwn, visible, type Condition } from '../../kernel/visible.ts';
import { run } from './run.ts';

const RECENT = 8;
const OTHERS = 5;
/** How many days back a failure is still news. */
const NEWS_DAYS = 7;

/** The ids of the newest runs that the caller may read, of those that `which` keeps. */
const newest = async (ctx: Context, which: Condition, limit: number): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`select t.id from pipeline_run as t where ${and(visible(ctx, run, 'read', 't'), which)}
    order by t.created desc, t.id desc limit ${limit}`.execute(ctx.db);
  return rows.map((row) => row.id);
};

/** Whether there are more than `than` rows that the caller may read; never how many of a large table. */
const moreThan = async (ctx: Context, resource: Resource, than: number): Promise<boolean> => {
  const { rows } =
    await sql`select t.id from ${sql.table(resource.table)} as t where ${and(onlyOwn(resource, 't'), visible(ctx, resource, 'read', 't'))} limit ${than + 1}`.execute(
      ctx.db,
    );
  return rows.length > than;
};

const daysAgo = (ctx: Context, days: number): string => new Date(Date.parse(`${ctx.now}Z`) - days * 86_400_000).toISOString().replace('Z', '000');

export const overview = operation({
  name: 'overview',
  method: 'GET',
  path: '/overview',
  needs: signedIn('the runs are filtered by what the caller may read'),
  writes: false,
  description: 'The newest runs, the newest failures of a week and one’s own newest runs, of all projects that the caller may read.',
  run: async (ctx) => {
    const recent = await newest(ctx, always, RECENT);
    const failing = await newest(ctx, sql`t.status = 'failed' and t.created >= ${daysAgo(ctx, NEWS_DAYS)}`, OTHERS);
    const mine = ctx.actor.id === '' ? [] : await newest(ctx, sql`t.user_id = ${ctx.actor.id}`, OTHERS);
    const ids = [...new Set([...recent, ...failing, ...mine])];
    const page = ids.length === 0 ? null : await list(ctx, run, { project: '*', hydrate: 'true', size: String(ids.length), id: `oneof:${JSON.stringify(ids)}` });
    const shown = new Map(page?.items.map((item) => [item.id, item]));
    const these = (wanted: readonly string[]) => wanted.flatMap((id) => shown.get(id) ?? []);
    const started = { people: await moreThan(ctx, ctx.registry.get('user'), 1), teams: await moreThan(ctx, ctx.registry.get('team'), 0), runs: recent.length > 0 };
    return { body: { recent: these(recent), failing: these(failing), mine: these(mine), started } };
  },
});
