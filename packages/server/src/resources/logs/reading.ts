// Reading logs out of the artifact store in which the client wrote them (wire.md 16.2).
import Type from 'typebox';
import type { App } from '../../app.ts';
import { secondsBetween, type Context } from '../../kernel/context.ts';
import { Invalid, NotFound, Refused, Unavailable } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { must } from '../../kernel/find.ts';
import { action, onRow, type Operation, type Values } from '../../kernel/resource.ts';
import { LEVELS, type LogFilter } from '../../services/stores/lines.ts';
import { judgePlace, openStore } from '../../services/stores/open.ts';
import { pageOf, type Asked, type Page } from '../../services/stores/page.ts';
import { tapeOf, type Tape } from '../../services/stores/tape.ts';
import { run } from '../run/run.ts';
import { isFinished } from '../run/status.ts';
import { step } from '../step/step.ts';
import { logs } from './logs.ts';

/** Written by the machine that starts runs for the server; this one has none. */
const RUNNER = 'runner';
const EMPTY: Tape = { size: 0, files: [], read: async () => Buffer.alloc(0) };

/** Clients send the last lines after they have said that it is over. */
const FLUSHED = 10;
/** Whether more may be written: the step, or the run, to which the log belongs is not over, or only just. */
const stillWritten = async (ctx: Context, row: Values): Promise<boolean> => {
  const table = row['step_run_id'] ? 'step_run' : 'pipeline_run';
  const id = (row['step_run_id'] ?? row['pipeline_run_id']) as string | null;
  if (id === null) return true;
  const found = await ctx.db.selectFrom(table).select(['status', 'end_time']).where('id', '=', id).executeTakeFirst();
  if (found === undefined) return false;
  return !isFinished(found['status']) || (found['end_time'] !== null && secondsBetween(found['end_time'], ctx.now) < FLUSHED);
};

/** A page of the log of this entry, which the caller may read. Throws NotFound, NotAllowed, Unavailable as the store does. */
const pageFor = async (ctx: Context, app: App, row: Values, asked: Asked): Promise<Page> => {
  if (row['source'] === RUNNER) throw new Refused('This server starts no runs by itself, so there are no logs of a runner');
  if (row['log_store_id']) {
    const { name, flavor_name } = await must(ctx, ctx.registry.get('stack_component'), row['log_store_id'], 'read', ['id', 'name', 'flavor_name']);
    throw new Unavailable(`The server does not read log stores; look at the logs in '${name}' (${flavor_name}) itself`);
  }
  if (!row['artifact_store_id']) return { items: [], before: null, after: null };
  if (!row['uri']) throw new Refused('This entry does not say where its log lies');
  const store = await openStore(ctx, app, row['artifact_store_id'], 'log entry');
  const uri = await judgePlace(ctx, store, row['uri'], row['created']);
  const live = await stillWritten(ctx, row);
  const { log_entries, store_answer_bytes: answer, store_scan_bytes: scan } = app.config;
  // Nothing was printed yet, or nothing at all: the client makes the file with the first line.
  const tape = (await store.stat(uri)) === null ? EMPTY : await tapeOf(store, uri);
  return pageOf(tape, { ...asked, limit: Math.min(asked.limit, log_entries) }, { answer, scan, live, seed: row['id'] });
};

const text = (max: number) => Type.Optional(Type.String({ maxLength: max }));
const query = Type.Object(
  {
    start: Type.Optional(Type.Enum(['oldest', 'newest'])),
    limit: text(10),
    before: text(20),
    after: text(20),
    search: text(1000),
    level: text(10),
    since: text(40),
    until: text(40),
  },
  { additionalProperties: true },
);

const timeOf = (name: string, given: string | undefined): number | undefined => {
  if (given === undefined || given === '') return undefined;
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(given) || !/[T ]/.test(given) ? given : `${given}Z`);
  if (Number.isNaN(at)) throw new Invalid(`${name}: '${given}' is no point in time; write it as 2026-11-23T09:03:09Z`);
  return at;
};
const levelOf = (given: string | undefined): number | undefined => {
  if (given === undefined || given === '') return undefined;
  const level = LEVELS[given.toLowerCase()] ?? Number(given);
  if (!Object.values(LEVELS).includes(level)) throw new Invalid(`level is one of ${Object.keys(LEVELS).join(', ')}, or its number`);
  return level;
};
const limitOf = (given: string | undefined, otherwise: number): number => {
  const limit = given === undefined ? otherwise : Number(given);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new Invalid('limit must be a whole number above 0');
  return limit;
};
const askedFrom = (app: App, given: Readonly<Record<string, string | undefined>>): Asked => {
  const filter: LogFilter = {
    search: given['search'] || undefined,
    level: levelOf(given['level']),
    since: timeOf('since', given['since']),
    until: timeOf('until', given['until']),
  };
  if (filter.since !== undefined && filter.until !== undefined && filter.since > filter.until) throw new Invalid('since must not be later than until');
  return { start: given['start'] as Asked['start'], limit: limitOf(given['limit'], app.config.log_entries), before: given['before'], after: given['after'], filter };
};

const which = Type.Object({ source: text(65_535), logs_id: text(40) }, { additionalProperties: true });
/** The entry of a run or step that the query names. Throws Refused where it names none or two, NotFound where there is none. */
const entryAsked = async (
  ctx: Context,
  column: 'pipeline_run_id' | 'step_run_id',
  of: { readonly id: string },
  given: { source?: string; logs_id?: string },
): Promise<Values> => {
  if ((given.source === undefined) === (given.logs_id === undefined)) throw new Refused('Give either source or logs_id');
  const id = given.logs_id === undefined ? null : canonicalUuid(given.logs_id);
  if (given.logs_id !== undefined && id === null) throw new Invalid('logs_id must be a UUID');
  const found = await ctx.db
    .selectFrom('logs')
    .select('id')
    .where(column, '=', of.id)
    .where(id === null ? 'source' : 'id', '=', id ?? given.source!)
    .orderBy('created')
    .orderBy('id')
    .executeTakeFirst();
  if (found === undefined) throw new NotFound(`There are no logs ${id === null ? `of the source '${given.source}'` : `'${id}'`} in '${of.id}'`);
  return must(ctx, logs, found['id'], 'read');
};

/** The operations that read logs. */
export const logReading = (app: App): readonly Operation[] => [
  action(logs, {
    name: 'entries',
    method: 'GET',
    path: '/{logs_id}/entries',
    needs: onRow('read'),
    writes: false,
    query,
    description: 'A page of a log: entries from either end, before or after a cursor, at or above a level, with a text, in a span of time.',
    run: async (ctx, { row, query: given }) => ({ body: await pageFor(ctx, app, row as Values, askedFrom(app, given as Record<string, string | undefined>)) }),
  }),
  action(run, {
    name: 'logs',
    method: 'GET',
    path: '/{run_id}/logs',
    needs: onRow('read'),
    writes: false,
    query: which,
    description: 'The oldest entries of a log of a run.',
    run: async (ctx, { row, query: given }) => ({ body: (await pageFor(ctx, app, await entryAsked(ctx, 'pipeline_run_id', row, given), askedFrom(app, {}))).items }),
  }),
  action(step, {
    name: 'logs',
    method: 'GET',
    path: '/{step_id}/logs',
    needs: onRow('read'),
    writes: false,
    query: which,
    description: 'The oldest entries of a log of a step.',
    run: async (ctx, { row, query: given }) => ({ body: (await pageFor(ctx, app, await entryAsked(ctx, 'step_run_id', row, given), askedFrom(app, {}))).items }),
  }),
];
