import { cell, pick, type Column } from './columns.ts';
import type { Format } from './formats.ts';
import { facts, table } from './table.ts';
import type { Style } from './style.ts';

export type OutputOptions = {
  readonly format: Format | undefined;
  readonly columns: readonly string[] | undefined;
  readonly style: Style;
  /** Width of the terminal; undefined off a terminal, where nothing is cut. */
  readonly room: number | undefined;
  readonly write: (text: string) => void;
};

export type Output = {
  /** A list: `whole` is what JSON and YAML show, the items make the rows. */
  list<T>(whole: unknown, items: readonly T[], columns: readonly Column<T>[]): Promise<void>;
  /** One thing: `whole` for JSON and YAML (default: the item), fields otherwise. */
  one<T>(item: T, columns: readonly Column<T>[], whole?: unknown): Promise<void>;
  /** Lines as they are: secrets, links, names. */
  lines(...lines: readonly string[]): void;
};

const csv = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const title = (key: string): string => key.replaceAll('_', ' ').toUpperCase();
const nameOf = (item: unknown): string => {
  const { name, id } = item as { name?: string | null; id?: string };
  return name ?? id ?? '';
};

/** Writes data to stdout in the format that was asked for. */
export const createOutput = ({ format, columns: names, style, room, write }: OutputOptions): Output => {
  const structured = async (value: unknown): Promise<boolean> => {
    if (format === 'json') write(`${JSON.stringify(value, null, 2)}\n`);
    else if (format === 'yaml') write((await import('./yaml.ts')).toYaml(value));
    else return false;
    return true;
  };
  const rows = <T>(items: readonly T[], shown: readonly Column<T>[]) =>
    items.map((item) => shown.map((column) => cell(column, item)));
  const flat = <T>(items: readonly T[], all: readonly Column<T>[]): boolean => {
    const shown = pick(all, names, items);
    const [join, quote]: [string, (text: string) => string] = format === 'csv' ? [',', csv] : ['\t', (text) => text];
    if (format === 'name') write(items.map((item) => `${nameOf(item)}\n`).join(''));
    else if (format === 'csv' || format === 'tsv')
      write(
        [shown.map((column) => column.key), ...rows(items, shown)]
          .map((row) => `${row.map(quote).join(join)}\n`)
          .join(''),
      );
    else return false;
    return true;
  };
  return {
    list: async (whole, items, all) => {
      if ((await structured(whole)) || flat(items, all)) return;
      const shown = pick(all, names, items);
      if (!items.length) return;
      write(
        table(
          shown.map((column) => title(column.key)),
          rows(items, shown),
          style,
          room,
        ),
      );
    },
    one: async (item, all, whole) => {
      if ((await structured(whole ?? item)) || flat([item], all)) return;
      const shown = names ? pick(all, names, [item]) : all;
      const fields = shown.map((column) => [column.key.replaceAll('_', ' '), cell(column, item)] as const);
      write(facts(names ? fields : fields.filter(([, value]) => value !== ''), style, room));
    },
    lines: (...lines) => write(lines.map((line) => `${line}\n`).join('')),
  };
};
