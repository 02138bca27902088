// Knows: how a page of a log is cut out of it, from either end. Must not know: where the log lies, who asks.
import { Refused } from '../../kernel/errors.ts';
import { entryOf, wanted, type LogEntry, type LogFilter } from './lines.ts';
import { backward, forward, type Tape } from './tape.ts';

export interface Asked {
  readonly start?: 'oldest' | 'newest' | undefined;
  readonly limit: number;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly filter: LogFilter;
}
export interface Bounds {
  /** Most bytes of entries in one answer. */
  readonly answer: number;
  /** Most bytes that one answer may look through for entries that match. */
  readonly scan: number;
  /** Whether more may be written. */
  readonly live: boolean;
  /** What tells the ids of entries that bring none apart. */
  readonly seed: string;
}
export interface Page {
  readonly items: readonly LogEntry[];
  readonly before: string | null;
  readonly after: string | null;
}

const cursor = (position: number): string => `p${position.toString(36)}`;
const positionOf = (name: string, given: string): number => {
  const position = /^p[0-9a-z]{1,10}$/.test(given) ? Number.parseInt(given.slice(1), 36) : Number.NaN;
  if (!Number.isSafeInteger(position)) throw new Refused(`${name} is no cursor of a page of logs; take one from an earlier answer`);
  return position;
};

/**
 * A page of entries, the oldest first. `before` leads to older ones, null at the beginning; `after` to newer ones, null at the end of a log
 * that nobody writes any more. A page may be empty and still lead on, where little matches. Throws Refused for cursors that are none.
 */
export const pageOf = async (tape: Tape, asked: Asked, bounds: Bounds): Promise<Page> => {
  if (asked.before !== undefined && asked.after !== undefined) throw new Refused('Give only one of before and after');
  const back = asked.before !== undefined || (asked.after === undefined && asked.start === 'newest');
  const given = asked.before === undefined ? (asked.after === undefined ? (back ? tape.size : 0) : positionOf('after', asked.after)) : positionOf('before', asked.before);
  const origin = Math.min(given, tape.size);
  const items: LogEntry[] = [];
  // What was looked at: from where to where.
  let [first, last] = [origin, origin];
  let [held, scanned] = [0, 0];
  for await (const line of back ? backward(tape, origin) : forward(tape, origin)) {
    const entry = entryOf(line.text, `${bounds.seed} ${line.from}`);
    // The writer may be in the middle of the last line: it comes with the next page.
    if (!line.complete && bounds.live && !/^\s*\{.*\}\s*$/s.test(line.text)) {
      if (back) [first, last] = [line.from, line.from];
      continue;
    }
    const matches = entry !== null && wanted(entry, asked.filter);
    if (matches && items.length > 0 && held + line.text.length > bounds.answer) break;
    if (back) first = line.from;
    else last = line.to;
    scanned += line.to - line.from;
    if (matches) {
      items.push(entry);
      held += line.text.length;
    }
    if (items.length >= asked.limit || scanned >= bounds.scan) break;
  }
  return { items: back ? items.reverse() : items, before: first > 0 ? cursor(first) : null, after: last < tape.size || bounds.live ? cursor(last) : null };
};
