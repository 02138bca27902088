// What a bar of usability is: something measured, held against its limit.
import type { World } from './world.ts';

export interface Figure {
  readonly bar: number;
  readonly what: string;
  /** As it is printed; of what could not be measured, why not. */
  readonly measured: string;
  readonly limit: string;
  /** null: it was not measured, or there is no limit to hold it against. */
  readonly ok: boolean | null;
}

/** Measures one bar, or a few that go together. */
export interface Bars {
  readonly numbers: readonly number[];
  readonly measure: (world: World) => Promise<readonly Figure[]>;
}

/** A number that must not be larger than its limit. */
export const atMost = (bar: number, what: string, value: number, limit: number, unit = ''): Figure => ({
  bar,
  what,
  measured: `${shown(value)}${unit && ` ${unit}`}`,
  limit: `≤ ${shown(limit)}${unit && ` ${unit}`}`,
  ok: value <= limit,
});

export const atLeast = (bar: number, what: string, value: number, limit: number, unit = ''): Figure => ({
  bar,
  what,
  measured: `${shown(value)}${unit && ` ${unit}`}`,
  limit: `≥ ${shown(limit)}${unit && ` ${unit}`}`,
  ok: value >= limit,
});

/** So many of so many, all of which must be. */
export const allOf = (bar: number, what: string, good: number, all: number): Figure => ({
  bar,
  what,
  measured: `${good} of ${all}`,
  limit: 'all',
  ok: all > 0 && good === all,
});

export const unmeasured = (bar: number, what: string, why: string, limit = ''): Figure => ({
  bar,
  what,
  measured: `not measured: ${why}`,
  limit,
  ok: null,
});

const shown = (value: number): string => {
  if (!Number.isFinite(value)) return 'never';
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value < 1 ? String(Number(value.toFixed(3))) : value.toFixed(value < 10 ? 2 : 1);
};
