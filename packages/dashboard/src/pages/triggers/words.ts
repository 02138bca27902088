import { exact, parseDate, toWireDate } from '../../ui/time.tsx';

const units: readonly [string, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `7200` → `every 2 hours`. */
export const everyText = (seconds: number): string => {
  const [unit, size] = units.find(([, one]) => seconds % one === 0) ?? ['second', 1];
  const amount = seconds / size;
  return amount === 1 ? `every ${unit}` : `every ${amount} ${unit}s`;
};

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const two = (text: string): string => text.padStart(2, '0');
const macros: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** The usual cron expressions in words; null for the others. Times are UTC, as the server reads them. */
export const cronText = (expression: string): string | null => {
  const fields = (macros[expression.trim()] ?? expression).trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minute = '', hour = '', day, month, weekday = ''] = fields;
  const every = /^\*\/(\d+)$/;
  if (day === '*' && month === '*' && weekday === '*') {
    if (minute === '*' && hour === '*') return 'every minute';
    const step = every.exec(minute)?.[1];
    if (step && hour === '*') return step === '1' ? 'every minute' : `every ${step} minutes`;
    if (/^\d+$/.test(minute)) {
      if (hour === '*') return `every hour at minute ${minute}`;
      const hours = every.exec(hour)?.[1];
      if (hours) return `every ${hours} hours at minute ${minute}`;
    }
  }
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour)) return null;
  const at = `at ${two(hour)}:${two(minute)} UTC`;
  if (month === '*' && day === '*') {
    if (weekday === '*') return `every day ${at}`;
    if (weekday === '1-5') return `Monday to Friday ${at}`;
    const named = days[Number(weekday) % 7];
    return /^[0-7]$/.test(weekday) && named ? `every ${named} ${at}` : null;
  }
  return weekday === '*' && month === '*' && /^\d+$/.test(day ?? '') ? `on day ${day} of every month ${at}` : null;
};

interface Plan {
  readonly cron_expression?: string | null;
  readonly interval?: number | null;
  readonly run_once_start_time?: string | null;
}

/** When something comes due. */
export const planText = ({ cron_expression: cron, interval, run_once_start_time: once }: Plan): string => {
  if (cron) return cronText(cron) ?? cron;
  if (interval) return everyText(interval);
  return once ? `once, ${exact(once)}` : 'never';
};

/** Schedules of orchestrators have their interval in seconds or as an ISO duration. */
export const secondsOf = (given: string | number | null): number | null => {
  if (given === null || given === '') return null;
  if (Number.isFinite(Number(given))) return Number(given);
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(String(given));
  if (!found) return null;
  const [, day = 0, hour = 0, minute = 0, second = 0] = found.map((part) => Number(part ?? 0));
  return day * 86_400 + hour * 3600 + minute * 60 + second;
};

const events: Readonly<Record<string, string>> = {
  run_completed: 'ends well',
  completed: 'ends well',
  run_failed: 'fails',
  failed: 'fails',
};
export const eventsText = (names: readonly string[] | null | undefined): string =>
  (names ?? []).map((name) => events[name] ?? name).join(' or ');

/** What `datetime-local` inputs hold is the time where one is; the wire has UTC. */
export const fromLocal = (text: string): string | null => (text ? toWireDate(new Date(text)) : null);
export const toLocal = (wire: string | null | undefined): string => {
  if (!wire) return '';
  const date = parseDate(wire);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

export const outcomes: Readonly<Record<string, { readonly label: string; readonly tone: 'good' | 'bad' | 'plain' }>> = {
  SUCCESS: { label: 'started a run', tone: 'good' },
  SKIPPED_CONCURRENCY: { label: 'passed over: one is running', tone: 'plain' },
  SKIPPED_MAX_RUNS: { label: 'passed over: enough runs', tone: 'plain' },
  SKIPPED_TRIGGER_CYCLE: { label: 'passed over: a circle', tone: 'plain' },
  ERROR: { label: 'failed', tone: 'bad' },
};
