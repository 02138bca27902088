// Knows: how the client writes log entries (wire.md 16): one JSON object a line, plain text by older ones. Must not know: stores.
import { createHash } from 'node:crypto';

export interface LogEntry {
  readonly message: string;
  readonly name: string | null;
  readonly level: number | null;
  readonly timestamp: string | null;
  readonly module: string | null;
  readonly filename: string | null;
  readonly lineno: number | null;
  readonly chunk_index: number;
  readonly total_chunks: number;
  readonly id: string;
}

/** The levels of the wire by name; a number stands for itself. */
export const LEVELS: Readonly<Record<string, number>> = { notset: 0, debug: 10, info: 20, warn: 30, warning: 30, error: 40, critical: 50 };
const KNOWN = new Set(Object.values(LEVELS));
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const OLD_TIME = /^\[(\d{4}-\d\d-\d\d)\s+(\d\d:\d\d:\d\d)\s+UTC\]\s*/;

const textOrNull = (value: unknown): value is string | null | undefined => value === null || value === undefined || typeof value === 'string';
const wholeOrNull = (value: unknown): value is number | null | undefined => value === null || value === undefined || Number.isInteger(value);

/** A point in time in the wire's form: with its zone, UTC where it names none. */
const timeOf = (value: string): string | null => {
  const text = /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`;
  return Number.isNaN(Date.parse(text)) ? null : text;
};

/** An id for an entry that brings none: the same whenever it is read. */
const idFrom = (seed: string): string => {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const fromJson = (line: string, seed: string): LogEntry | null => {
  let read: Record<string, unknown>;
  try {
    read = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { message, name, level, timestamp, module, filename, lineno, chunk_index, total_chunks, id } = read;
  const time = typeof timestamp === 'string' ? timeOf(timestamp) : null;
  const fits =
    typeof message === 'string' &&
    [name, module, filename].every(textOrNull) &&
    [lineno, chunk_index, total_chunks].every(wholeOrNull) &&
    (level === null || level === undefined || KNOWN.has(level as number)) &&
    (timestamp === null || timestamp === undefined || time !== null);
  if (!fits) return null;
  const text = (value: unknown) => (value as string | undefined) ?? null;
  return {
    message: message as string,
    name: text(name),
    level: (level as number | undefined) ?? null,
    timestamp: time,
    module: text(module),
    filename: text(filename),
    lineno: (lineno as number | undefined) ?? null,
    chunk_index: (chunk_index as number | undefined) ?? 0,
    total_chunks: (total_chunks as number | undefined) ?? 1,
    id: typeof id === 'string' && UUID.test(id) ? id.toLowerCase() : idFrom(seed),
  };
};

/** One line of a log; null for an empty one. What is no entry is a message of its own, as the wire has it. */
export const entryOf = (line: string, seed: string): LogEntry | null => {
  const text = line.trim();
  if (text === '') return null;
  const known = text.startsWith('{') && text.endsWith('}') ? fromJson(text, seed) : null;
  if (known !== null) return known;
  const old = OLD_TIME.exec(text);
  return {
    message: old === null ? text : text.slice(old[0].length),
    name: null,
    level: 20,
    timestamp: old === null ? null : `${old[1]}T${old[2]}Z`,
    module: null,
    filename: null,
    lineno: null,
    chunk_index: 0,
    total_chunks: 1,
    id: idFrom(seed),
  };
};

export interface LogFilter {
  readonly search?: string | undefined;
  readonly level?: number | undefined;
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Whether an entry is asked for. What has no time is outside of every bound; what has no level counts as information. */
export const wanted = (entry: LogEntry, filter: LogFilter): boolean => {
  if (filter.level !== undefined && (entry.level ?? 20) < filter.level) return false;
  if (filter.search !== undefined && !entry.message.toLowerCase().includes(filter.search.toLowerCase())) return false;
  if (filter.since === undefined && filter.until === undefined) return true;
  const at = entry.timestamp === null ? Number.NaN : Date.parse(entry.timestamp);
  return at >= (filter.since ?? -Infinity) && at <= (filter.until ?? Infinity);
};
