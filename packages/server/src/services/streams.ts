// Server-sent events: what happens to a run, or to the runs of a project, told while it happens to whoever may read it.
import { sql } from 'kysely';
import type { App } from '../app.ts';
import type { Context } from '../kernel/context.ts';
import { SignInNeeded } from '../kernel/errors.ts';
import { find } from '../kernel/find.ts';
import { decodeRow } from '../kernel/present.ts';
import type { Live, Values } from '../kernel/resource.ts';
import { visible } from '../kernel/visible.ts';
import type { Change, Watch } from './changes.ts';

/** One event as the browser's EventSource reads it. */
export const frame = (event: string, data: unknown, id?: string): string => `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Without a sign of life proxies end a connection; and whether the listener may still listen is asked at least this often. */
const BEAT = 15_000;
const JUDGE = 4_000;

/** One turn of a stream: what changed, and the listener as he is now; null once there is nobody to tell. */
export interface Turn {
  readonly ctx: Context;
  readonly changes: readonly Change[];
}
/** Told as the last thing: the stream ends with it. */
export const OVER = frame('end', {});

/** Turns until the listener goes, the server goes down, or `still` says that his session is over: then the last words are told. */
export async function* turns(app: App, live: Live, watch: Watch, say: (turn: Turn) => AsyncIterable<string>): AsyncGenerator<string> {
  let beat = Date.now();
  let changes: readonly Change[] = [];
  try {
    for (;;) {
      let ctx: Context;
      try {
        ctx = await live.still();
      } catch (error) {
        if (!(error instanceof SignInNeeded)) throw error;
        yield frame('error', { reason: 'signed_out' });
        return;
      }
      for await (const text of say({ ctx, changes })) {
        beat = Date.now();
        yield text;
        if (text === OVER) return;
      }
      if (Date.now() - beat >= BEAT) {
        beat = Date.now();
        yield ': ping\n\n';
      }
      changes = await watch.next(JUDGE, live.closed);
      if (live.closed.aborted) return;
      if (app.changes.closing()) {
        yield frame('gap', { reason: 'shutdown' });
        return;
      }
    }
  } finally {
    watch.end();
  }
}
/** The watch, which ends with the connection also where not one event was read. */
export const until = (live: Live, watch: Watch): Watch => {
  live.closed.addEventListener('abort', watch.end);
  if (live.closed.aborted) watch.end();
  return watch;
};

const SHOWN = ['id', 'name', 'status', 'status_reason', 'in_progress', 'index', 'start_time', 'end_time', 'pipeline_id', 'project_id', 'updated'] as const;
/** What a stream tells of a run. */
export const runState = async (ctx: Context, id: string): Promise<Values | null> => {
  const run = ctx.registry.get('run');
  const row = await find(ctx, run, id, 'read', SHOWN);
  return row === null ? null : decodeRow(run, row);
};
/** What a stream tells of the steps of a run, in the order in which they began. */
export const stepStates = async (ctx: Context, run_id: string): Promise<readonly Values[]> =>
  (
    await sql<Values>`select t.id, t.name, t.version, t.status, t.start_time, t.end_time from step_run as t
      where t.pipeline_run_id = ${run_id} and ${visible(ctx, ctx.registry.get('step'), 'read', 't')} order by t.created, t.id`.execute(ctx.db)
  ).rows;

/** The runs of a project that changed, each as it is now. What goes is told only of what was told before. */
export async function* projectStream(app: App, live: Live, watch: Watch, project_id: string): AsyncGenerator<string> {
  const told = new Set<string>();
  yield frame('open', { project_id });
  yield* turns(app, live, watch, async function* ({ ctx, changes }) {
    if ((await find(ctx, ctx.registry.get('project'), project_id, 'read', ['id'])) === null) {
      yield frame('error', { reason: 'gone' });
      yield OVER;
      return;
    }
    const steps = changes.filter(({ type }) => type === 'step').flatMap(({ target_id }) => target_id ?? []);
    const of =
      steps.length === 0 ? [] : (await sql<{ id: string }>`select distinct pipeline_run_id as id from step_run where id in (${sql.join(steps)})`.execute(ctx.db)).rows;
    const ids = [...new Set([...changes.filter(({ type }) => type === 'run').flatMap(({ target_id }) => target_id ?? []), ...of.map(({ id }) => id)])];
    for (const id of ids) {
      const state = await runState(ctx, id);
      if (state !== null && state['project_id'] !== project_id) continue;
      if (state !== null) {
        told.add(id);
        yield frame('run', state);
      } else if (told.delete(id)) yield frame('gone', { id });
    }
  });
}
