// Conditions on the body of an event itself: paths such as `repository.owner["log in"]` or `commits[*].author`.
import { Invalid } from '../../../kernel/errors.ts';
import type { Values } from '../../../kernel/resource.ts';
import { judgeFilter, matches, matchesAny, type Said } from './filter.ts';

type Part = string | number | null;
const [PATHS, LONGEST, PARTS] = [10, 512, 8];
const KEY = /^\.?([A-Za-z_][A-Za-z0-9_-]*)/;
const BRACKET = /^\[(?:(\*)|(\d+)|("(?:[^"\\]|\\.)*"))\]/;

/** The parts of a path: keys, places in a list, null for every place of a list. Throws Invalid. */
export const parsePath = (path: string): readonly Part[] => {
  const wrong = (why: string): Invalid => new Invalid(`'${path.slice(0, 100)}' is no path into an event: ${why}`);
  if (path === '' || path.length > LONGEST) throw wrong(`it needs 1 to ${LONGEST} characters`);
  const parts: Part[] = [];
  let rest = path;
  while (rest !== '') {
    const key = (parts.length === 0) === rest.startsWith('.') ? null : KEY.exec(rest);
    const bracket = key === null ? BRACKET.exec(rest) : null;
    const begins = parts.length > 0 || key !== null || bracket?.[3] !== undefined;
    if ((key === null && bracket === null) || !begins) throw wrong(`it goes wrong at '${rest.slice(0, 20)}'`);
    try {
      parts.push(key !== null ? key[1]! : bracket![1] !== undefined ? null : bracket![2] !== undefined ? Number(bracket![2]) : (JSON.parse(bracket![3]!) as string));
    } catch {
      throw wrong('a quoted key is no JSON text');
    }
    rest = rest.slice((key ?? bracket)![0].length);
  }
  if (parts.length > PARTS) throw wrong(`it has more than ${PARTS} parts`);
  if (parts.filter((part) => part === null).length > 1) throw wrong('[*] may stand in it once');
  return parts;
};

/** All values at a path; none where it leads nowhere. */
const at = (payload: unknown, parts: readonly Part[]): readonly unknown[] =>
  parts.reduce<readonly unknown[]>(
    (found, part) =>
      found.flatMap((value) => {
        if (Array.isArray(value)) return part === null ? value : typeof part === 'number' && part < value.length ? [value[part]] : [];
        return typeof part === 'string' && value !== null && typeof value === 'object' && Object.hasOwn(value, part) ? [(value as Values)[part]] : [];
      }),
    [payload],
  );
const asText = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : value === null || ['boolean', 'number'].includes(typeof value) ? [JSON.stringify(value)] : [];

/** A target of the kind `dynamic`, complete. Throws Invalid. */
export const judgeDynamic = (target: Values): Values => {
  const filters = (target['filters'] ?? {}) as Values;
  if (typeof filters !== 'object' || Array.isArray(filters) || Object.keys(filters).length > PATHS) throw new Invalid(`filters: an object with at most ${PATHS} paths`);
  if (target['event_type'] === undefined || target['event_type'] === null) throw new Invalid('event_type is missing');
  for (const [path, said] of Object.entries(filters)) {
    if (said === null) throw new Invalid(`${path}: a condition is a text`);
    judgeFilter(path, said);
    parsePath(path);
  }
  return { type: 'dynamic', event_type: judgeFilter('event_type', target['event_type']), filters };
};

/** Does an event fit a target of the kind `dynamic`? */
export const fitsDynamic = (target: Values, event: { readonly event_type: string; readonly payload: Values }): boolean =>
  matches(event.event_type, target['event_type'] as Said) &&
  Object.entries((target['filters'] ?? {}) as Record<string, Said>).every(([path, said]) => matchesAny(at(event.payload, parsePath(path)).flatMap(asText), said));
