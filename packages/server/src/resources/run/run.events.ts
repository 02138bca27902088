// Live events of a run: what its client publishes, and how the run and its steps stand, told while it happens.
import { sql } from 'kysely';
import Type, { type Static } from 'typebox';
import type { App } from '../../app.ts';
import { Invalid, Refused } from '../../kernel/errors.ts';
import type { Context } from '../../kernel/context.ts';
import { action, onRow, type Live, type Operation, type Values } from '../../kernel/resource.ts';
import { frame, OVER, projectStream, runState, stepStates, turns, until } from '../../services/streams.ts';
import type { Watch } from '../../services/changes.ts';
import { project } from '../project/project.ts';
import { run } from './run.ts';
import { lockRows } from './situation.ts';

/** Names that the stream itself uses. */
const RESERVED = ['end', 'gap', 'error', 'cursor', 'system'];
const LARGEST = 64 * 1024;
/** So many events of a run are kept; who comes back after more of them is told of a gap. */
const KEPT = 10_000;
const text = Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 255 }));
const Events = Type.Object(
  {
    events: Type.Array(
      Type.Object(
        {
          pipeline_run_id: Type.String({ maxLength: 36 }),
          kind: Type.String({ minLength: 1, maxLength: 255 }),
          step_run_id: text,
          step_name: text,
          correlation_id: text,
          index: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'] })),
          payload: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object' })),
        },
        { additionalProperties: true },
      ),
      { maxItems: 1000 },
    ),
  },
  { additionalProperties: false },
);
type Published = Static<typeof Events>['events'][number];

/** The rows of a batch. Throws Invalid or Refused where an event cannot be published. */
const judged = (run_id: string, events: readonly Published[]): Omit<Values, 'seq'>[] =>
  events.map((event) => {
    const document = JSON.stringify(event);
    if (event.pipeline_run_id !== run_id) throw new Invalid('pipeline_run_id of an event names another run than the address');
    if (RESERVED.includes(event.kind)) throw new Invalid(`'${event.kind}' is a word of the stream itself; call the kind of event something else`);
    if (/[\r\n\0]/.test(event.kind) || document.includes('\\u0000')) throw new Invalid('An event cannot hold NUL, nor its kind a line break');
    if (Buffer.byteLength(document) > LARGEST) throw new Refused(`An event may have ${LARGEST} bytes`);
    return { pipeline_run_id: run_id, kind: event.kind, step_name: event.step_name ?? null, correlation_id: event.correlation_id ?? null, document };
  });

/** Appends events to a run, in their order; answers the number of the last. */
const append = async (ctx: Context, run_id: string, rows: readonly Values[]): Promise<number> =>
  ctx.database.transaction(async (tx) => {
    await lockRows({ ...ctx, db: tx }, 'pipeline_run', { id: run_id });
    const before = (await sql<{ last: number | null }>`select max(seq) as last from run_event where pipeline_run_id = ${run_id}`.execute(tx)).rows[0]!.last;
    const first = Number(before ?? 0) + 1;
    for (let i = 0; i < rows.length; i += 200)
      await tx
        .insertInto('run_event')
        .values(rows.slice(i, i + 200).map((row, place) => ({ ...row, seq: first + i + place, created: ctx.now })))
        .execute();
    const last = first + rows.length - 1;
    await sql`delete from run_event where pipeline_run_id = ${run_id} and seq <= ${last - KEPT}`.execute(tx);
    return last;
  });

interface Wanted {
  readonly after: number;
  readonly kinds: readonly string[] | null;
  readonly step_names: readonly string[] | null;
  readonly correlation_ids: readonly string[] | null;
  /** Whether to go on once all that is there has been told. */
  readonly follow: boolean;
}
const several = (given: string | readonly string[] | undefined): readonly string[] | null => (given === undefined ? null : [given].flat());
const wantedOf = (query: Readonly<Record<string, string | readonly string[] | undefined>>, headers: Readonly<Record<string, string | undefined>>): Wanted => {
  const cursor = headers['last-event-id'] ?? several(query['since'])?.at(-1);
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw new Invalid('since and Last-Event-ID take the id of an event of this stream');
  return {
    after: cursor === undefined ? 0 : Number(cursor),
    kinds: several(query['kinds']),
    step_names: several(query['step_names']),
    correlation_ids: several(query['correlation_ids']),
    follow: follows(headers),
  };
};
/** Who does not say that he takes events gets what is there now, and the end. */
const follows = (headers: Readonly<Record<string, string | undefined>>): boolean => /text\/event-stream|\*\/\*/.test(headers['accept'] ?? '');

/** Once a run is over, what its client still holds back gets this long to arrive. */
const GRACE_MS = 1_000;

async function* runStream(app: App, live: Live, watch: Watch, run_id: string, wanted: Wanted): AsyncGenerator<string> {
  let { after } = wanted;
  let known: { run: string; steps: Map<string, string> } | null = null;
  let over: number | null = null;
  yield* turns(app, live, watch, async function* ({ ctx }) {
    const state = await runState(ctx, run_id);
    if (state === null) {
      yield frame('error', { reason: 'gone' });
      yield OVER;
      return;
    }
    const steps = await stepStates(ctx, run_id);
    if (known === null) yield frame('system', { kind: 'state', run: state, steps });
    else {
      for (const step of steps) if (known.steps.get(step['id']) !== JSON.stringify(step)) yield frame('system', { kind: 'step', step });
      if (known.run !== JSON.stringify(state)) yield frame('system', { kind: 'run', run: state });
    }
    known = { run: JSON.stringify(state), steps: new Map(steps.map((step) => [step['id'], JSON.stringify(step)])) };
    for (;;) {
      const { rows } = await sql<Values>`select seq, kind, step_name, correlation_id, document from run_event
        where pipeline_run_id = ${run_id} and seq > ${after} order by seq limit 500`.execute(ctx.db);
      if (rows.length > 0 && after > 0 && Number(rows[0]!['seq']) > after + 1) yield frame('gap', { reason: 'overflow' });
      for (const row of rows) {
        after = Number(row['seq']);
        const fits = (list: readonly string[] | null, value: unknown) => list === null || list.includes(value as string);
        const shown = fits(wanted.kinds, row['kind']) && fits(wanted.step_names, row['step_name']) && fits(wanted.correlation_ids, row['correlation_id']);
        yield shown ? `id: ${after}\nevent: ${row['kind']}\ndata: ${row['document']}\n\n` : frame('cursor', {}, String(after));
      }
      if (rows.length < 500) break;
    }
    if (!wanted.follow) yield OVER;
    else if (state['in_progress'] === true) over = null;
    else if (over === null) {
      over = Date.now();
      setTimeout(() => app.changes.tell({ type: 'run', action: 'over', target_id: run_id, project_id: null }), GRACE_MS).unref();
    } else if (Date.now() - over >= GRACE_MS) yield OVER;
  });
}

export const runEvents = (app: App): readonly Operation[] => [
  action(run, {
    name: 'publish',
    method: 'POST',
    path: '/{pipeline_run_id}/events',
    needs: onRow('update'),
    // Live events come by the hundred and change nothing that anybody did: no audit row, no event.
    writes: false,
    input: Events,
    description: 'Publish live events of a run to those who follow it.',
    run: async (ctx, { row, input }) => {
      const rows = judged(row.id, input.events);
      if (rows.length === 0) return { body: { count: 0, last_id: null } };
      const last = await append(ctx, row.id, rows);
      app.changes.tell({ type: 'run', action: 'publish', target_id: row.id, project_id: row.project_id });
      return { body: { count: rows.length, last_id: String(last) } };
    },
  }),
  action(run, {
    name: 'stream',
    method: 'GET',
    path: '/{pipeline_run_id}/events/stream',
    needs: onRow('read'),
    writes: false,
    query: Type.Object(
      {
        since: Type.Optional(Type.String()),
        kinds: Type.Optional(Type.String()),
        step_names: Type.Optional(Type.String()),
        correlation_ids: Type.Optional(Type.String()),
      },
      { additionalProperties: true },
    ),
    description: 'Follow a run: its status, its steps and its live events, as server-sent events.',
    run: async (ctx, { row, rawQuery, headers }) => {
      const wanted = wantedOf(rawQuery, headers);
      const watch = app.changes.watch(
        ctx.actor.id,
        ({ type, target_id, project_id }) => (type === 'run' && target_id === row.id) || (type === 'step' && [row.project_id, null].includes(project_id)),
      );
      return { body: null, stream: (live) => runStream(app, live, until(live, watch), row.id, wanted) };
    },
  }),
  action(project, {
    name: 'stream',
    method: 'GET',
    path: '/{name_or_id}/events/stream',
    needs: onRow('read'),
    writes: false,
    description: 'Follow the runs of a project that one may read, as server-sent events.',
    run: async (ctx, { row, headers }) => {
      if (!follows(headers))
        return {
          body: null,
          stream: async function* () {
            yield frame('open', { project_id: row.id });
            yield OVER;
          },
        };
      const watch = app.changes.watch(ctx.actor.id, ({ type, project_id }) => [row.id, null].includes(project_id) && (type === 'run' || type === 'step'));
      return { body: null, stream: (live) => projectStream(app, live, until(live, watch), row.id) };
    },
  }),
];
