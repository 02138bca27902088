import { stripVTControlCharacters } from 'node:util';
import { path, type Client, type Envelope, type Page } from '@zendo/client';
import { arg, command, flag, number, text } from '../core/command.ts';
import type { Context } from '../core/context.ts';
import { usage } from '../core/faults.ts';

type Log = Envelope<{ readonly source: string }>;
type Thing = Envelope<
  { readonly status?: string },
  Record<string, unknown>,
  { readonly log_collection?: readonly Log[] | null }
>;
type Entry = { readonly message: string; readonly timestamp: string | null; readonly level: number | null };
type Entries = { readonly items: readonly Entry[]; readonly after: string | null };
/** How far one log was read; null when there is no more. */
type Reading = { readonly id: string; after: string | null; begun: boolean };

const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const LEVELS: Readonly<Record<number, string>> = {
  10: 'DEBUG',
  20: 'INFO',
  30: 'WARNING',
  40: 'ERROR',
  50: 'CRITICAL',
};
const PAUSE = 1000;

const newest = async (
  api: Client,
  list: string,
  query: Readonly<Record<string, string | number>>,
): Promise<string | undefined> =>
  (await api.get<Page<Thing>>(list, { ...query, sort_by: 'desc:created', size: 1 })).items[0]?.id;

const missing = (what: string, hint: string): never => {
  throw usage(`there is no ${what}, or you may not see it`, hint);
};

/** The newest run of that name, or else of the pipeline of that name: runs are named after it and the time. */
const runNamed = async (api: Client, name: string, project: Readonly<Record<string, string>>): Promise<string> =>
  (await newest(api, '/runs', { ...project, name: `equals:${name}` })) ??
  (await newest(api, '/runs', { ...project, pipeline_name: `equals:${name}` })) ??
  missing(`run or pipeline '${name}'`, 'run list shows the runs.');

const stepNamed = async (api: Client, run: string, name: string): Promise<string> =>
  (await newest(api, path`/runs/${run}/steps`, { name: `equals:${name}` })) ??
  missing(`step '${name}' in that run`, 'Without --step all logs of the run are shown.');

/** The logs that are meant: of the run itself, or of one of its steps. */
const logsOf = async (
  api: Client,
  input: { run: string; step?: string | undefined; project?: string | undefined; source?: string | undefined },
): Promise<readonly Log[]> => {
  const project = input.project === undefined ? {} : { project: input.project };
  const run = UUID.test(input.run) ? input.run : await runNamed(api, input.run, project);
  const step = input.step;
  const address =
    step === undefined ? path`/runs/${run}` : path`/steps/${UUID.test(step) ? step : await stepNamed(api, run, step)}`;
  const thing = await api.get<Thing>(address, { hydrate: 'true' });
  const all = thing.resources?.log_collection ?? [];
  const chosen = all.filter((log) => input.source === undefined || log.body.source === input.source);
  if (chosen.length === 0 && all.length > 0)
    throw usage(
      `there are no logs of the source '${input.source}'; there are: ${all.map((log) => log.body.source).join(', ')}`,
    );
  return chosen;
};

/** What anybody's code printed, with nothing in it that could steer a terminal. */
const harmless = (message: string): string => stripVTControlCharacters(message).replace(/[^\P{Cc}\t\n]/gu, '');
const lineOf = (entry: Entry): string =>
  [
    entry.timestamp?.slice(0, 19).replace('T', ' ') ?? '',
    (LEVELS[entry.level ?? -1] ?? '').padEnd(8),
    harmless(entry.message),
  ]
    .filter((part) => part !== '')
    .join('  ');

/** Prints what there is, in order of time; true when no log has more to come. */
const printed = async (
  ctx: Context,
  api: Client,
  readings: readonly Reading[],
  filter: Readonly<Record<string, string>>,
  last: number | undefined,
): Promise<{ ended: boolean; count: number }> => {
  const batch: Entry[] = [];
  for (const reading of readings) {
    if (reading.begun && reading.after === null) continue;
    const from = reading.after !== null ? { after: reading.after } : last === undefined ? {} : { start: 'newest' };
    const page = await api.get<Entries>(path`/logs/${reading.id}/entries`, {
      ...filter,
      ...from,
      limit: reading.begun || last === undefined ? 5000 : last,
    });
    // Where little matches a page may be empty and still lead on.
    [reading.after, reading.begun] = [page.after, true];
    batch.push(...page.items);
  }
  const at = (entry: Entry) => (entry.timestamp === null ? 0 : Date.parse(entry.timestamp));
  const sorted = readings.length > 1 ? batch.toSorted((a, b) => at(a) - at(b)) : batch;
  ctx.out.lines(...sorted.map((entry) => (ctx.globals.output === 'json' ? JSON.stringify(entry) : lineOf(entry))));
  return { ended: readings.every((reading) => reading.after === null), count: batch.length };
};

export const logs = command({
  name: 'logs',
  summary: 'What a run or a step printed',
  notes:
    'With -o json each line is one entry. Without --source all logs of the run (or of the step) are shown, in order of time.',
  examples: [
    'run logs training-2026_11_23 --step trainer',
    'run logs 01a213da-ee67-7fae-921c-1b9bd9b20513 --follow',
    'run logs nightly --level error --search timeout',
  ],
  args: { run: arg('name or id of a run, or name of a pipeline: its newest run') },
  options: {
    step: text('name or id of a step of the run', { short: 's' }),
    project: text('workspace in which the run is looked for by its name: name or id', {
      short: 'p',
      also: ['workspace'],
    }),
    source: text('only one of the logs, such as client, orchestrator or step'),
    follow: flag('go on until the run or step is over', { short: 'f' }),
    last: number('only so many entries of each log, from its end', { short: 'n', also: ['tail'] }),
    level: text('only entries at or above this level', { choices: ['debug', 'info', 'warning', 'error', 'critical'] }),
    search: text('only entries with this text'),
  },
  run: async (ctx, input) => {
    if (input.last !== undefined && (!Number.isInteger(input.last) || input.last < 1))
      throw usage('--last takes a whole number above 0');
    const api = await ctx.api();
    const readings: Reading[] = (await logsOf(api, input)).map((log) => ({ id: log.id, after: null, begun: false }));
    if (readings.length === 0) return ctx.say('There are no logs.');
    const filter = {
      ...(input.level === undefined ? {} : { level: input.level }),
      ...(input.search === undefined ? {} : { search: input.search }),
    };
    for (let places = ''; ;) {
      const { ended, count } = await printed(ctx, api, readings, filter, input.last);
      const now = readings.map((reading) => reading.after).join();
      if (ended || (!input.follow && now === places)) return;
      if (input.follow && count === 0 && now === places) await new Promise((next) => setTimeout(next, PAUSE));
      places = now;
    }
  },
});
