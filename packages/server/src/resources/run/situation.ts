// Reads what the status of a run depends on, and writes what follows from it.
import { sql } from 'kysely';
import { later, newId, type Context } from '../../kernel/context.ts';
import { parseJson } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';
import { inProgress, isFinished, nextStatus, type Situation } from './status.ts';

/** Keeps others from changing these rows until the transaction ends. SQLite has one writer anyway. */
export const lockRows = async (ctx: Context, table: string, where: Readonly<Record<string, string>>): Promise<void> => {
  if (ctx.database.dialect !== 'postgres') return;
  const conditions = Object.entries(where).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await sql`select id from ${sql.table(table)} where ${sql.join(conditions, sql` and `)} order by id for no key update`.execute(ctx.db);
};

type Run = Readonly<Record<'id' | 'status', string>> & { readonly snapshot_id: string | null; readonly config: unknown; readonly parent_run_id: string | null };

/** The steps of a run by their newest try, and what its snapshot says of them. */
const situation = async (ctx: Context, run: Run, requested: string | null): Promise<Situation> => {
  const steps = await sql<{
    name: string;
    status: string;
    threshold: number | null;
    alive: string | null;
  }>`select name, status, heartbeat_threshold as threshold, coalesce(latest_heartbeat, start_time) as alive from step_run where pipeline_run_id = ${run.id} and status <> 'retried'`.execute(
    ctx.db,
  );
  const configured = await sql<{
    name: string;
    upstream: string;
  }>`select name, upstream from step_configuration where snapshot_id = ${run.snapshot_id} order by place`.execute(ctx.db);
  const snapshot = await ctx.db.selectFrom('pipeline_snapshot').select('is_dynamic').where('id', '=', run.snapshot_id).executeTakeFirst();
  return {
    current: run.status,
    requested,
    steps: steps.rows.map(({ name, status, threshold, alive }) => ({
      name,
      status,
      silent: threshold !== null && alive !== null && !isFinished(status) && later(alive, Number(threshold) * 60) < ctx.now,
    })),
    configured: new Map(configured.rows.map((row) => [row.name, parseJson(row.upstream) as string[]])),
    dynamic: Number(snapshot?.['is_dynamic'] ?? 0) === 1,
    child: run.parent_run_id !== null,
    execution_mode: (run.config as { execution_mode?: string } | null)?.execution_mode ?? 'continue_on_failure',
  };
};

/** Leaves word that a run has ended for the triggers that may be waiting for it; where there are none in its project, nothing is left. */
const announceEnd = async (ctx: Context, run_id: string, status: string): Promise<void> => {
  if (status !== 'completed' && status !== 'failed') return;
  await sql`insert into pending_dispatch (id, created, kind, subject_id, detail) select ${newId()}, ${ctx.now}, 'run', r.id, ${status} from pipeline_run as r
    where r.id = ${run_id} and exists (select 1 from run_trigger as t where t.project_id = r.project_id and t.type = 'platform_event' and t.active = 1)`.execute(ctx.db);
};

/** Columns of a run that follow from a requested status, or from its steps where none is requested. Throws NotAllowed. */
export const settle = async (ctx: Context, run: Run & Values, requested: string | null, reason: string | null): Promise<Values> => {
  const now = await situation(ctx, run, requested);
  if (now.dynamic && requested === null) return {};
  const status = nextStatus(now);
  if (requested === 'provisioning' && status === run.status && run.status !== 'initializing') return { status };
  const in_progress = inProgress(status, now);
  const ended = !in_progress && !run['end_time'] ? { end_time: ctx.now } : status === 'resuming' ? { end_time: null } : {};
  if (!in_progress && !run['end_time']) await announceEnd(ctx, run.id, status);
  const keeps_reason = status === run.status || (run.status === 'stopping' && status === 'stopped');
  return { status, in_progress, ...ended, ...(reason ? { status_reason: reason } : keeps_reason ? {} : { status_reason: null }) };
};

/** Brings a run in line with its steps, after one of them was made or changed. */
export const followSteps = async (ctx: Context, run_id: string): Promise<void> => {
  await lockRows(ctx, 'pipeline_run', { id: run_id });
  const run = await ctx.db
    .selectFrom('pipeline_run')
    .select(['id', 'status', 'snapshot_id', 'config', 'parent_run_id', 'end_time', 'in_progress'])
    .where('id', '=', run_id)
    .executeTakeFirst();
  if (run === undefined) return;
  const { in_progress, ...columns } = await settle(ctx, { ...run, config: parseJson(run['config']) } as never, null, null);
  if (
    in_progress === undefined ||
    (columns['status'] === run['status'] && (in_progress === true) === (Number(run['in_progress']) === 1) && columns['end_time'] === undefined)
  )
    return;
  await ctx.db
    .updateTable('pipeline_run')
    .set({ ...columns, in_progress: in_progress === true ? 1 : 0, updated: ctx.now })
    .where('id', '=', run_id)
    .execute();
};

/** Puts a run into a status that something other than an update of it asks for. Returns the status that followed. Throws NotAllowed where its state forbids it. */
export const moveRun = async (ctx: Context, run_id: string, status: string, reason: string | null): Promise<string> => {
  await lockRows(ctx, 'pipeline_run', { id: run_id });
  const run = await ctx.db.selectFrom('pipeline_run').selectAll().where('id', '=', run_id).executeTakeFirstOrThrow();
  const { in_progress, ...columns } = await settle(ctx, { ...run, config: parseJson(run['config']) } as never, status, reason);
  await ctx.db
    .updateTable('pipeline_run')
    .set({ ...columns, ...(in_progress === undefined ? {} : { in_progress: in_progress === true ? 1 : 0 }), updated: ctx.now })
    .where('id', '=', run_id)
    .execute();
  return columns['status'] as string;
};
