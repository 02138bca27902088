// What is kept for a while only, and runs whose steps have fallen silent.
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { record } from '../kernel/audit.ts';
import { later, type Context } from '../kernel/context.ts';
import { followSteps } from '../resources/run/situation.ts';
import { FINISHED } from '../resources/run/status.ts';
import type { Job } from './runner.ts';

const DAY = 86_400;
/** Tables of which old rows go, with the column that tells their age and for how many days they stay. */
const KEPT = (config: Config): readonly (readonly [table: string, column: string, days: number])[] => [
  ['outbox', 'created', 2],
  ['idempotency', 'expires', 0],
  ['login_attempt', 'until', 0],
  ['session', 'expires', 30],
  ['webhook_event', 'created', config.webhook_retention_days],
];

/** Sessions of runs that are over and gone: they let nobody in any more (sessions.ts), and would fill the lists of whoever started the runs. */
const endedWorkloads = async ({ db, now }: Context): Promise<number> => {
  const before = '{"pipeline_run_id":"';
  const over = await sql`delete from session where kind = 'workload' and claims like ${`${before}%`} and length(claims) = ${before.length + 38}
    and not exists (select 1 from pipeline_run as r where r.id = lower(substr(session.claims, ${sql.lit(before.length + 1)}, 36))
      and (r.in_progress = 1 or r.end_time is null or r.end_time > ${later(now, -3600)}))`.execute(db);
  return Number(over.numAffectedRows ?? 0n);
};

/** Removes what is past its time: events, answers kept for repeated requests, sessions that ended a month ago. */
export const retention = (config: Config): Job => ({
  name: 'retention',
  every_seconds: 3600,
  run: async (asSystem) => {
    let removed = 0;
    for (const [table, column, days] of KEPT(config)) {
      removed += await asSystem(async ({ db, now }) => {
        const { numDeletedRows } = await db
          .deleteFrom(table)
          .where(column, '<', later(now, -days * DAY))
          .executeTakeFirst();
        return Number(numDeletedRows);
      });
    }
    // Live events are of use while a run lasts and a little longer; executions without a run only tell what a trigger shows anyway.
    removed += await asSystem(async ({ db, now }) => {
      const old = later(now, -DAY);
      const events = await sql`delete from run_event where created < ${old} and pipeline_run_id in (select id from pipeline_run where in_progress = 0)`.execute(db);
      const executions = await sql`delete from trigger_execution where pipeline_run_id is null and created < ${later(now, -30 * DAY)}`.execute(db);
      return Number(events.numAffectedRows ?? 0n) + Number(executions.numAffectedRows ?? 0n);
    });
    removed += await asSystem(endedWorkloads);
    return removed;
  },
});

/**
 * Ends failed runs that only waited for steps which have given no sign of life for longer than their threshold (in minutes): the machine that
 * ran them is gone. Steps themselves stay as they are, since a machine that slept may come back; the orchestrator ends those it misses.
 */
export const heartbeats: Job = {
  name: 'heartbeats',
  every_seconds: 30,
  run: async (asSystem) => {
    const { rows } = await asSystem((ctx) =>
      sql<{ id: string }>`select distinct r.id from pipeline_run as r join step_run as s on s.pipeline_run_id = r.id
        where r.status = 'failed' and r.in_progress = 1 and s.heartbeat_threshold is not null and s.status not in (${sql.join(FINISHED)})`.execute(ctx.db),
    );
    let ended = 0;
    for (const { id } of rows) {
      ended += await asSystem(async (ctx) => {
        await followSteps(ctx, id);
        const run = await ctx.db.selectFrom('pipeline_run').select(['name', 'project_id', 'in_progress']).where('id', '=', id).executeTakeFirst();
        if (run === undefined || Number(run['in_progress']) === 1) return 0;
        const changes = { in_progress: { before: true, after: false }, reason: 'its steps give no sign of life' };
        await record(ctx, { action: 'update', target_type: 'run', target_id: id, target_name: run['name'], project_id: run['project_id'], changes });
        return 1;
      });
    }
    return ended;
  },
};
