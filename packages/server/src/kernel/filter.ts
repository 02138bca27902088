// Knows: the filter grammar of the wire (wire.md 6) and how each operator reads in SQL. Must not know: any resource.
import { sql, type RawBuilder } from 'kysely';
import { Invalid } from './errors.ts';
import type { Kind } from './field.ts';
import type { Compare } from './resource.ts';
import { always, never } from './visible.ts';

const OPERATORS = [
  'equals',
  'notequals',
  'contains',
  'notcontains',
  'startswith',
  'endswith',
  'oneof',
  'notoneof',
  'isnull',
  'isnotnull',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
] as const;
export type Operator = (typeof OPERATORS)[number];
const NULLS: readonly Operator[] = ['isnull', 'isnotnull'];
const ORDER: readonly Operator[] = ['gt', 'gte', 'lt', 'lte'];
const ALLOWED: Readonly<Record<Kind, readonly Operator[]>> = {
  text: OPERATORS.filter((operator) => operator !== 'in'),
  uuid: OPERATORS.filter((operator) => operator !== 'in'),
  json: NULLS,
  number: ['equals', 'notequals', ...NULLS, ...ORDER],
  integer: ['equals', 'notequals', ...NULLS, ...ORDER],
  boolean: ['equals', 'notequals', ...NULLS],
  datetime: ['equals', 'notequals', 'in', ...NULLS, ...ORDER],
};
const SIGN = { equals: sql`=`, notequals: sql`<>`, gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` } as const;

export interface Wanted {
  readonly operator: Operator;
  readonly value: string;
}

/** Splits `operator:value`; text that does not begin with an operator is a value to be equal to. */
export const parseWanted = (given: string): Wanted => {
  const colon = given.indexOf(':');
  const head = given.slice(0, Math.max(colon, 0));
  return (OPERATORS as readonly string[]).includes(head) ? { operator: head as Operator, value: given.slice(colon + 1) } : { operator: 'equals', value: given };
};

/** Escapes what LIKE would read as a wildcard. */
const like = (value: string, before: string, after: string) => sql`${before + value.toLowerCase().replace(/[\\%_]/g, '\\$&') + after} escape '\\'`;

const storable = (name: string, value: string): string => {
  if (value.includes('\0')) throw new Invalid(`${name}: a value cannot hold the NUL character`);
  return value;
};
/** Databases have a limit to the values of a statement. */
const MOST_CHOICES = 10_000;
const listOf = (name: string, value: string): string[] => {
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    /* said below */
  }
  if (Array.isArray(list) && list.length > MOST_CHOICES) throw new Invalid(`${name}: oneof and notoneof take a list of at most ${MOST_CHOICES}`);
  if (Array.isArray(list)) return list.map((entry) => storable(name, String(entry)));
  throw new Invalid(`${name}: oneof and notoneof take a JSON list, such as oneof:["a","b"]`);
};

const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const dateOf = (name: string, value: string): string => {
  if (DATE.test(value) && !Number.isNaN(Date.parse(`${value.replace(' ', 'T')}Z`))) return `${value.replace(' ', 'T')}.000000`;
  throw new Invalid(`${name}: a date is written YYYY-MM-DD HH:MM:SS (UTC), not '${value}'`);
};
const YES = ['true', 't', 'yes', 'y', 'on', '1'];
const NO = ['false', 'f', 'no', 'n', 'off', '0'];
const boolOf = (name: string, value: string): number => {
  const word = value.toLowerCase();
  if (YES.includes(word)) return 1;
  if (NO.includes(word)) return 0;
  throw new Invalid(`${name}: '${value}' is neither true nor false`);
};
const numberOf = (name: string, value: string): number => {
  const parsed = Number(value);
  if (value.trim() === '' || !Number.isFinite(parsed)) throw new Invalid(`${name}: '${value}' is not a number`);
  return parsed;
};

/** Lower-case, with hyphens; null for what is no UUID. */
export const canonicalUuid = (value: string): string | null => {
  const hex = value.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(hex) ? `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` : null;
};

/**
 * Whether a text is a number. PostgreSQL ends a statement over a text that only looks like one (`1.2.3`), also over one in a row that the
 * caller may not see: he would be told of it.
 */
const isNumber = (x: RawBuilder<unknown>) =>
  sql`ltrim(${x}, '-0123456789.') = '' and ltrim(${x}, '-.') <> '' and length(${x}) <= 300 and length(${x}) - length(replace(${x}, '.', '')) <= 1 and substr(${x}, 2) = replace(substr(${x}, 2), '-', '')`;

const textCompare = (name: string, { operator, value }: Wanted): Compare => {
  switch (operator) {
    case 'equals':
    case 'notequals':
      return (x) => sql`${x} ${SIGN[operator]} ${value}`;
    case 'contains':
      return (x) => sql`lower(${x}) like ${like(value, '%', '%')}`;
    case 'notcontains':
      return (x) => sql`lower(${x}) not like ${like(value, '%', '%')}`;
    case 'startswith':
      return (x) => sql`lower(${x}) like ${like(value, '', '%')}`;
    case 'endswith':
      return (x) => sql`lower(${x}) like ${like(value, '%', '')}`;
    case 'oneof':
    case 'notoneof':
      return inList(listOf(name, value), operator);
    default: {
      const bound = numberOf(name, value);
      // Text is compared by size as numbers (wire.md 6.5); what is no number never matches.
      return (x) => sql`case when ${isNumber(x)} then cast(${x} as double precision) end ${SIGN[operator as 'gt']} ${bound}`;
    }
  }
};

const inList = (list: readonly string[], operator: 'oneof' | 'notoneof'): Compare => {
  if (list.length === 0) return () => (operator === 'oneof' ? never : always);
  return (x) => (operator === 'oneof' ? sql`${x} in (${sql.join(list)})` : sql`${x} not in (${sql.join(list)})`);
};

const uuidCompare = (name: string, wanted: Wanted): Compare => {
  const { operator, value } = wanted;
  const hex = value.replaceAll('-', '').toLowerCase();
  if (operator === 'equals' || operator === 'notequals') {
    const id = canonicalUuid(value);
    return id === null ? () => (operator === 'equals' ? never : always) : (x) => sql`${x} ${SIGN[operator]} ${id}`;
  }
  if (operator === 'oneof' || operator === 'notoneof')
    return inList(
      listOf(name, value).flatMap((id) => canonicalUuid(id) ?? []),
      operator,
    );
  if (operator === 'startswith' && /^[0-9a-f]{1,32}$/.test(hex)) {
    const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].filter((part) => part !== '').join('-');
    return (x) => sql`(${x} >= ${parts} and ${x} < ${`${parts}g`})`;
  }
  const bare = textCompare(name, { operator, value: hex });
  return (x) => bare(sql`replace(${x}, '-', '')`);
};

/**
 * The comparison that a filter asks for. Throws Invalid, naming the field, on an operator that the kind does not have
 * or on a value that is not of the kind.
 */
export const compare = (name: string, kind: Kind, wanted: Wanted): Compare => {
  const { operator, value } = wanted;
  if (!ALLOWED[kind].includes(operator)) throw new Invalid(`${name}: the operator ${operator} does not go with a ${kind}; use ${ALLOWED[kind].join(', ')}`);
  if (operator === 'isnull' || operator === 'isnotnull') {
    if (value !== '') throw new Invalid(`${name}: ${operator} takes no value`);
    return operator === 'isnull' ? (x) => sql`${x} is null` : (x) => sql`${x} is not null`;
  }
  storable(name, value);
  if (kind === 'text') return textCompare(name, wanted);
  if (kind === 'uuid') return uuidCompare(name, wanted);
  if (operator === 'in') {
    const [from, to, ...more] = value.split(',');
    if (from === undefined || to === undefined || more.length > 0) throw new Invalid(`${name}: in takes two dates, in:FROM,TO`);
    const [first, second] = [dateOf(name, from), dateOf(name, to)];
    return (x) => sql`(${x} >= ${first} and ${x} <= ${second})`;
  }
  const bound = kind === 'boolean' ? boolOf(name, value) : kind === 'datetime' ? dateOf(name, value) : numberOf(name, value);
  return (x) => sql`${x} ${SIGN[operator as keyof typeof SIGN]} ${bound}`;
};

/** True for operators that say what a value is not: over several values they must hold for each of them. */
export const negative = (operator: Operator): boolean => operator.startsWith('not') || operator === 'isnull';
