import { didYouMean } from '../core/suggest.ts';
import { usage } from '../core/faults.ts';
import { plain } from './style.ts';

/** A column of a list, or a field of one thing. `value` gives its text for people. */
export type Column<T> = {
  readonly key: string;
  readonly value: (item: T) => string | number | boolean | null | undefined;
  /** Shown only when it is asked for by --columns, or in the description of one thing. */
  readonly extra?: boolean;
};

/** Declares the columns of a list: key → text. Keys that end in `?` are shown only on request. */
export const columns = <T>(of: Readonly<Record<string, Column<T>['value']>>): readonly Column<T>[] =>
  Object.entries(of).map(([key, value]) =>
    key.endsWith('?') ? { key: key.slice(0, -1), value, extra: true } : { key, value },
  );

type Loose = Readonly<Record<string, unknown>>;

// Any field of the interface may be asked for by its name, also one that this version does not know.
const field = (key: string): Column<unknown> => ({
  key,
  value: (item) => {
    const { body, metadata, resources, ...top } = item as Readonly<Record<string, Loose | null | undefined>>;
    const value = top[key] ?? body?.[key] ?? metadata?.[key] ?? resources?.[key];
    return typeof value === 'object' && value ? JSON.stringify(value) : (value as string | undefined);
  },
});

const known = (items: readonly unknown[]): string[] =>
  items.slice(0, 1).flatMap((item) => {
    const { body, metadata, resources, ...top } = item as Readonly<Record<string, Loose | null | undefined>>;
    return [top, body, metadata, resources].flatMap((part) => Object.keys(part ?? {}));
  });

/** The columns to show. Errors: usage when a name is neither a column nor a field. */
export const pick = <T>(
  all: readonly Column<T>[],
  names: readonly string[] | undefined,
  items: readonly T[],
): readonly Column<T>[] => {
  if (!names) return all.filter((column) => !column.extra);
  const fields = known(items);
  return names.map((raw) => {
    const name = raw.trim().toLowerCase().replaceAll('-', '_');
    const found = all.find((column) => column.key === name);
    if (found) return found;
    if (fields.includes(name) || items.length === 0) return field(name);
    const keys = all.map((column) => column.key);
    throw usage(
      `--columns ${raw}: there is no such column`,
      ...didYouMean(name, [...keys, ...fields]),
      `Columns: ${keys.join(', ')}`,
    );
  });
};

export const cell = <T>(column: Column<T>, item: T): string => {
  const value = column.value(item);
  return value === null || value === undefined ? '' : plain(String(value));
};
