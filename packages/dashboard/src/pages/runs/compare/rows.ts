import { isExact } from '../../../resource/exact.ts';

export interface Row {
  readonly key: string;
  /** One for each run; undefined where the run has none. */
  readonly values: readonly unknown[];
  readonly same: boolean;
}

const isDocument = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !isExact(value);

/** A document as single values by their path; what is not set is left out. */
export const flat = (value: unknown, path = ''): ReadonlyMap<string, unknown> => {
  if (!isDocument(value)) return value === null || value === undefined ? new Map() : new Map([[path, value]]);
  return new Map(Object.entries(value).flatMap(([key, one]) => [...flat(one, path ? `${path} › ${key}` : key)]));
};

/** What several runs have under the same keys, beside each other, in the order in which the keys turn up. */
export const beside = (maps: readonly ReadonlyMap<string, unknown>[]): readonly Row[] =>
  [...new Set(maps.flatMap((map) => [...map.keys()]))].map((key) => {
    const values = maps.map((map) => map.get(key));
    const texts = new Set(values.map((value) => JSON.stringify(value)));
    return { key, values, same: texts.size === 1 };
  });
