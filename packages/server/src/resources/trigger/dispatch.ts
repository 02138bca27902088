// What happens when a trigger comes due: whoever attached a snapshot, and the owner of the trigger, must be allowed to run it at this
// very moment; then a run of it is made that waits to be taken over.
import { sql } from 'kysely';
import { loadActor } from '../../access/grants.ts';
import { record } from '../../kernel/audit.ts';
import { ZendoError } from '../../kernel/errors.ts';
import { newId, type Context } from '../../kernel/context.ts';
import { find } from '../../kernel/find.ts';
import { parseJson } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';
import { holds } from '../../kernel/visible.ts';
import type { AsSystem } from '../../jobs/runner.ts';
import { makePlaceholder } from '../run/run.create.ts';

export interface Cause {
  /** The same cause is answered once, however often it is told. */
  readonly key: string;
  /** What the run shows of it (TriggerExecutionInfo of the wire). */
  readonly info: Values;
  /** Pipelines whose runs led here, one after the other. */
  readonly pipelines?: readonly string[];
}
export type Outcome = 'SUCCESS' | 'SKIPPED_CONCURRENCY' | 'SKIPPED_MAX_RUNS' | 'SKIPPED_TRIGGER_CYCLE' | 'ERROR';
interface Result {
  readonly outcome: Outcome;
  readonly run_id?: string;
  readonly details?: Values;
  readonly error?: { readonly type: string; readonly message: string; readonly needs?: string };
}
const failed = (type: string, message: string, needs?: string): Result => ({ outcome: 'ERROR', error: { type, message, ...(needs === undefined ? {} : { needs }) } });

/** Somebody as he stands now; null where he may not act any more. */
const acting = async (ctx: Context, id: string | null): Promise<Context | null> => {
  const actor = id === null ? null : await loadActor(ctx.db, id, ctx.now, { via: 'trigger' });
  return actor === null ? null : { ...ctx, actor };
};

export interface Source {
  readonly type: string;
  readonly id: string;
  readonly action: string;
}
/** Whether the owner of a trigger may still know of what has happened. Where he may not, not even an error tells that it has, and when. */
export const hears = async (ctx: Context, owner_id: string | null, sources: readonly Source[]): Promise<boolean> => {
  const owner = await acting(ctx, owner_id);
  if (owner === null) return false;
  for (const { type, id, action } of sources) if ((await find(owner, ctx.registry.get(type), id, action, ['id'])) === null) return false;
  return true;
};

/** Why this person may not run the snapshot now; null where he may. */
const refusal = async (ctx: Context, whose: string, snapshot: Values): Promise<Result | null> => {
  if ((await find(ctx, ctx.registry.get('pipeline_snapshot'), snapshot['id'], 'read', ['id'])) === null)
    return failed('NotAllowed', `${whose} may not read the snapshot any more`, 'pipeline:read');
  return holds(ctx, 'run:create', snapshot['project_id']) ? null : failed('NotAllowed', `${whose} may not start runs in this project any more`, 'run:create');
};

const runsOf = async (ctx: Context, trigger_id: string, source_id: string, more = sql``): Promise<number> =>
  Number(
    (
      await sql<{
        n: number;
      }>`select count(*) as n from trigger_execution as e join pipeline_run as r on r.id = e.pipeline_run_id join pipeline_snapshot as s on s.id = r.snapshot_id
        where e.trigger_id = ${trigger_id} and coalesce(s.source_snapshot_id, s.id) = ${source_id}${more}`.execute(ctx.db)
    ).rows[0]!.n,
  );

const decide = async (ctx: Context, trigger: Values, link: Values, snapshot: Values, cause: Cause): Promise<Result & { as?: Context }> => {
  const owner = await acting(ctx, trigger['user_id']);
  if (owner === null) return failed('OwnerInactive', 'The owner of the trigger is not active; hand the trigger over to somebody who is');
  const attacher = link['attached_by'] === trigger['user_id'] ? owner : await acting(ctx, link['attached_by']);
  if (attacher === null) return failed('OwnerInactive', 'Whoever attached the snapshot is not active any more; attach it again');
  const refused = (await refusal(owner, 'The owner of the trigger', snapshot)) ?? (await refusal(attacher, 'Whoever attached the snapshot', snapshot));
  if (refused !== null) return { ...refused, as: owner };
  const source = (snapshot['source_snapshot_id'] as string | null) ?? (snapshot['id'] as string);
  if ((cause.pipelines ?? []).includes(snapshot['pipeline_id'])) return { outcome: 'SKIPPED_TRIGGER_CYCLE', details: { pipeline_id: snapshot['pipeline_id'] } };
  if (trigger['max_runs'] !== null) {
    const runs = await runsOf(ctx, trigger['id'], source);
    if (runs >= Number(trigger['max_runs'])) return { outcome: 'SKIPPED_MAX_RUNS', details: { max_runs: Number(trigger['max_runs']), runs } };
  }
  if (trigger['concurrency'] === 'skip' && (await runsOf(ctx, trigger['id'], source, sql` and r.in_progress = 1`)) > 0) return { outcome: 'SKIPPED_CONCURRENCY' };
  // The run is of whoever attached the snapshot: nobody has code run in the name of somebody else.
  return { outcome: 'SUCCESS', run_id: await makePlaceholder(attacher, snapshot), as: attacher };
};

/** What the trigger shows of its last try, and of the errors before it. */
const stateAfter = (before: Values | null, result: Result, now: string): Values => {
  const state: Values = {
    ...before,
    last_status: result.outcome,
    last_status_at: now,
    last_status_details: { ...result.details, ...(result.run_id === undefined ? {} : { pipeline_run_id: result.run_id }) },
  };
  if (result.error === undefined) return { last_error_count: 0, ...state };
  const again = before?.['last_status'] === 'ERROR' && before['last_error_type'] === result.error.type;
  return {
    ...state,
    last_error_message: result.error.message,
    last_error_type: result.error.type,
    last_error_severity: 'Major',
    last_error_stack_trace: null,
    last_error_at: now,
    first_error_at: again ? before['first_error_at'] : now,
    last_error_count: again ? Number(before['last_error_count']) + 1 : 1,
  };
};

/** Answers one cause for one attached snapshot, in the transaction of `ctx`. Answered before: nothing happens. */
const dispatch = async (ctx: Context, trigger: Values, link: Values, cause: Cause, instead?: Result): Promise<Outcome | null> => {
  const snapshot = await ctx.db.selectFrom('pipeline_snapshot').selectAll().where('id', '=', link['snapshot_id']).executeTakeFirst();
  if (snapshot === undefined) return null;
  const execution = { id: newId(), created: ctx.now, trigger_id: trigger['id'], snapshot_id: snapshot['id'], cause: cause.key };
  const taken = await ctx.db
    .insertInto('trigger_execution')
    .values({ ...execution, outcome: 'ERROR', pipeline_run_id: null, info: JSON.stringify(cause.info) })
    .onConflict((conflict) => conflict.columns(['trigger_id', 'snapshot_id', 'cause']).doNothing())
    .executeTakeFirst();
  if (Number(taken.numInsertedOrUpdatedRows ?? 0n) === 0) return null;
  const { as = ctx, ...result }: Result & { as?: Context } = instead ?? (await decide(ctx, trigger, link, snapshot, cause));
  await ctx.db
    .updateTable('trigger_execution')
    .set({ outcome: result.outcome, pipeline_run_id: result.run_id ?? null })
    .where('id', '=', execution.id)
    .execute();
  const before = link['dispatch_state'] === null ? null : (parseJson(link['dispatch_state']) as Values);
  await ctx.db
    .updateTable('trigger_snapshot')
    .set({ dispatch_state: JSON.stringify(stateAfter(before, result, ctx.now)) })
    .where('trigger_id', '=', trigger['id'])
    .where('snapshot_id', '=', snapshot['id'])
    .execute();
  // The words of an error name what is in the snapshot, which not everybody sees who reads the log.
  const told = {
    cause: cause.key,
    snapshot_id: snapshot['id'],
    outcome: result.outcome,
    ...(result.error === undefined ? {} : { error: result.error.needs ?? result.error.type }),
  };
  await record(
    { ...as, quiet: false },
    { action: 'dispatch', target_type: 'trigger', target_id: trigger['id'], target_name: trigger['name'], project_id: trigger['project_id'], changes: told },
  );
  if (result.run_id !== undefined)
    await record(
      { ...as, quiet: false },
      { action: 'create', target_type: 'run', target_id: result.run_id, project_id: trigger['project_id'], changes: { status: 'initializing' } },
    );
  return result.outcome;
};

/** Answers one cause for every snapshot attached to a trigger, each for itself: what goes wrong with one is kept as its error. */
export const dispatchAll = async (asSystem: AsSystem, trigger_id: string, cause: Cause): Promise<readonly Outcome[]> => {
  const attached = (ctx: Context) => ctx.db.selectFrom('trigger_snapshot').selectAll().where('trigger_id', '=', trigger_id).orderBy('created').execute();
  const outcomes: Outcome[] = [];
  for (const { snapshot_id } of await asSystem(attached)) {
    const once = (instead?: Result) =>
      asSystem(async (ctx) => {
        // The trigger's row makes those wait who answer another cause for it.
        const lock = ctx.database.dialect === 'postgres' ? sql` for update` : sql``;
        const { rows } = await sql<Values>`select * from run_trigger where id = ${trigger_id} and active = 1 and is_archived = 0${lock}`.execute(ctx.db);
        const link = (await attached(ctx)).find((one) => one['snapshot_id'] === snapshot_id);
        return rows[0] === undefined || link === undefined ? null : dispatch(ctx, rows[0], link, cause, instead);
      });
    const outcome = await once().catch((error: unknown) =>
      once(failed((error as Error).name, error instanceof ZendoError ? error.message : 'Something went wrong on the server')),
    );
    if (outcome !== null) outcomes.push(outcome);
  }
  return outcomes;
};
