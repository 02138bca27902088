// Triggers that come due: by the clock, by an event from outside, by the end of another run.
import { sql } from 'kysely';
import { later, type Context } from '../kernel/context.ts';
import { parseJson } from '../kernel/json.ts';
import type { Values } from '../kernel/resource.ts';
import { dispatchAll, hears, type Cause, type Source } from '../resources/trigger/dispatch.ts';
import { SOURCES } from '../resources/trigger/events.ts';
import { dueNext } from '../resources/trigger/keeping.ts';
import { providers } from '../resources/webhook/providers/index.ts';
import { wants, type Event } from '../resources/webhook/providers/provider.ts';
import type { AsSystem, Job } from './runner.ts';

const AT_ONCE = 200;
const locked = (ctx: Context) => (ctx.database.dialect === 'postgres' ? sql` for update skip locked` : sql``);

/**
 * Moves one schedule that is due on to its next time, and answers the time that it came due; null where there is none. Times that went by
 * while no server ran are made up for once, not one by one; one after the end is not.
 */
const takeDue = (asSystem: AsSystem): Promise<Values | null> =>
  asSystem(async (ctx) => {
    const { rows } = await sql<Values>`select * from run_trigger where type = 'schedule' and active = 1 and is_archived = 0 and next_occurrence <= ${ctx.now}
      order by next_occurrence limit 1${locked(ctx)}`.execute(ctx.db);
    const row = rows[0];
    if (row === undefined) return null;
    const next = dueNext({ ...row, active: true, is_archived: false, interval: row['interval'] === null ? null : Number(row['interval']) }, ctx.now);
    await ctx.db.updateTable('run_trigger').set({ next_occurrence: next }).where('id', '=', row['id']).execute();
    return row;
  });

export const schedules: Job = {
  name: 'schedules',
  every_seconds: 5,
  run: async (asSystem) => {
    let done = 0;
    for (let due = await takeDue(asSystem); due !== null && done < AT_ONCE; due = await takeDue(asSystem)) {
      const at = due['next_occurrence'] as string;
      if (due['end_time'] === null || at <= due['end_time']) await dispatchAll(asSystem, due['id'], { key: `time ${at}`, info: {} });
      done += 1;
    }
    return done;
  },
};

interface Pending {
  readonly id: string;
  readonly created: string;
  readonly kind: string;
  readonly subject_id: string;
  readonly detail: string;
}
type Found = readonly { readonly trigger_id: string; readonly cause: Cause }[];

/** Those of these triggers whose owners may still know of what has happened. */
const hearing = async (ctx: Context, triggers: readonly Values[], sources: (trigger: Values) => readonly Source[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const trigger of triggers) if (await hears(ctx, trigger['user_id'], sources(trigger))) found.push(trigger['id']);
  return found;
};

/** The triggers that want an event of a webhook. */
const ofWebhook = async (ctx: Context, { subject_id, detail }: Pending): Promise<Found> => {
  const kept = await ctx.db.selectFrom('webhook_event').selectAll().where('webhook_id', '=', subject_id).where('delivery_id', '=', detail).executeTakeFirst();
  const hook = await ctx.db.selectFrom('webhook').select('webhook_type').where('id', '=', subject_id).executeTakeFirst();
  if (kept === undefined || hook === undefined) return [];
  const provider = providers[hook['webhook_type'] as string]!;
  const event: Event = { event_type: kept['event_type'], delivery_id: detail, payload: JSON.parse(kept['body']) as Values };
  const meaning = provider.meaning(event);
  const listening = await ctx.db
    .selectFrom('run_trigger')
    .select(['id', 'user_id', 'configuration'])
    .where('webhook_id', '=', subject_id)
    .where('active', '=', 1)
    .where('is_archived', '=', 0)
    .execute();
  const info = {
    webhook_upstream_event: { [hook['webhook_type'] as string]: { webhook_id: subject_id, delivery_id: detail, event_type: kept['event_type'], event: meaning } },
  };
  const wanting = listening.filter((trigger) => wants(provider, JSON.parse(trigger['configuration']) as Values, event, meaning));
  const heard = await hearing(ctx, wanting, () => [{ type: 'webhook', id: subject_id, action: 'read' }]);
  return heard.map((trigger_id) => ({ trigger_id, cause: { key: `event ${detail}`, info } }));
};

/** The triggers that listen to the end of a run, of its pipeline, or of its snapshot. */
const ofRun = async (ctx: Context, { subject_id, detail }: Pending): Promise<Found> => {
  const { rows } = await sql<Values>`select r.id, r.pipeline_id, r.project_id, s.id as snapshot_id, s.source_snapshot_id, e.info from pipeline_run as r
    left join pipeline_snapshot as s on s.id = r.snapshot_id left join trigger_execution as e on e.pipeline_run_id = r.id where r.id = ${subject_id}`.execute(ctx.db);
  const run = rows[0];
  if (run === undefined) return [];
  const keys = [
    `pipeline:${run['pipeline_id']}`,
    `pipeline_run:${run['id']}`,
    `pipeline_snapshot:${run['snapshot_id']}`,
    `pipeline_snapshot:${run['source_snapshot_id']}`,
  ];
  const listening =
    await sql<Values>`select id, user_id, source_key, target_events from run_trigger where source_key in (${sql.join(keys)}) and project_id = ${run['project_id']} and active = 1 and is_archived = 0`.execute(
      ctx.db,
    );
  const before = run['info'] === null ? {} : (parseJson(run['info']) as Values);
  const pipelines = [...((before['upstream_pipeline_ids'] as string[] | undefined) ?? []), run['pipeline_id'] as string];
  const cause: Cause = { key: `run ${subject_id} ${detail}`, info: { upstream_run_id: subject_id, upstream_pipeline_ids: pipelines }, pipelines };
  const wanting = listening.rows.filter((trigger) => {
    const event = (trigger['source_key'] as string).startsWith('pipeline_run:') ? detail : `run_${detail}`;
    return (JSON.parse(trigger['target_events'] ?? '[]') as string[]).includes(event);
  });
  // Whoever listens to a thing must be allowed to change it, as when he began to, and to read the run that has ended.
  const heard = await hearing(ctx, wanting, (trigger) => {
    const [kind, id] = (trigger['source_key'] as string).split(':') as [string, string];
    return [
      { type: SOURCES[kind]!, id, action: 'update' },
      { type: 'run', id: subject_id, action: 'read' },
    ];
  });
  return heard.map((trigger_id) => ({ trigger_id, cause }));
};

/** What cannot be answered for so long is given up. */
const PATIENCE_SECONDS = 3600;
const forget = (asSystem: AsSystem, id: string) => asSystem((ctx) => ctx.db.deleteFrom('pending_dispatch').where('id', '=', id).execute());

export const events: Job = {
  name: 'events',
  every_seconds: 2,
  run: async (asSystem) => {
    const { pending, old } = await asSystem(async (ctx) => ({
      pending: (await ctx.db.selectFrom('pending_dispatch').selectAll().orderBy('created').orderBy('id').limit(AT_ONCE).execute()) as unknown as readonly Pending[],
      old: later(ctx.now, -PATIENCE_SECONDS),
    }));
    const errors: unknown[] = [];
    for (const one of pending) {
      // What goes wrong with one keeps none of the others waiting: they may be anybody's.
      try {
        const found = await asSystem((ctx) => (one.kind === 'webhook' ? ofWebhook(ctx, one) : ofRun(ctx, one)));
        for (const { trigger_id, cause } of found) await dispatchAll(asSystem, trigger_id, cause);
        await forget(asSystem, one.id);
      } catch (error) {
        errors.push(error);
        if (one.created < old) await forget(asSystem, one.id);
      }
    }
    if (errors.length > 0) throw errors[0];
    return pending.length;
  },
};
