import { usage } from './faults.ts';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of `90s`, `30m`, `72h`, `7d`, `2w`, `1d12h`. Errors: usage, naming the option. */
export const seconds = (text: string, option: string): number => {
  const parts = [...text.matchAll(/(\d+)([smhdw])/g)];
  if (!parts.length || parts.map(([whole]) => whole).join('') !== text)
    throw usage(`${option} ${text}: not a duration`, 'Write it as 30m, 72h, 7d or 2w.');
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
};

/** The wire's naive UTC date of a Date. */
export const wireDate = (date: Date): string => date.toISOString().slice(0, -1);

/** A moment in the future: a duration from now, or a date (2026-12-31, 2026-12-31T18:00). Out: the wire's naive UTC date. */
export const moment = (text: string, option: string): string => {
  if (/^\d{4}-/.test(text)) {
    const at = new Date(/[zZ]$|[+-]\d\d:\d\d$/.test(text) || text.length <= 10 ? text : `${text}Z`);
    if (Number.isNaN(at.getTime())) throw usage(`${option} ${text}: not a date`, 'Write it as 2026-12-31 or 7d.');
    return wireDate(at);
  }
  return wireDate(new Date(Date.now() + seconds(text, option) * 1000));
};

const parse = (wire: string): number => Date.parse(/[zZ]$/.test(wire) ? wire : `${wire}Z`);

/** A wire date the way people say it: `3 minutes ago`, `in 2 days`; a plain date when it is more than 60 days off. */
export const ago = (wire: string | null | undefined, now = Date.now()): string => {
  if (!wire) return '';
  const off = (parse(wire) - now) / 1000;
  const size = Math.abs(off);
  if (size > 60 * 86_400) return wire.slice(0, 10);
  if (size < 45) return off > 0 ? 'in a moment' : 'just now';
  const [unit, name] = size < 5400 ? [60, 'minute'] : size < 129_600 ? [3600, 'hour'] : [86_400, 'day'];
  const count = Math.max(1, Math.round(size / unit));
  const words = `${count} ${name}${count === 1 ? '' : 's'}`;
  return off > 0 ? `in ${words}` : `${words} ago`;
};
