import type { Client, Page } from '@zendo/client';
import type { Column } from '../output/columns.ts';
import { command, flag, many, number, text, type Leaf, type Options } from './command.ts';
import type { Context } from './context.ts';
import { usage } from './faults.ts';

type Filters = Readonly<Record<string, string>>;
type List<T> = {
  readonly name?: string;
  readonly summary: string;
  readonly path: string;
  readonly columns: readonly Column<T>[];
  /** Filters with an option of their own: name on the wire → what it does. Any other goes through --filter. */
  readonly filters?: Filters;
  readonly notes?: string;
  /** Always added to the query, unless the person filters by the same field. */
  readonly fixed?: Filters;
  readonly sort?: string;
  readonly examples?: readonly string[];
  readonly about?: 'roles';
};

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A page, or with `all` the whole list as one page. */
export const fetchPage = async <T>(api: Client, path: string, query: Query, all: boolean): Promise<Page<T>> => {
  if (!all) return api.get<Page<T>>(path, query);
  const items = await api.all<T>(path, { ...query, size: 1000 });
  return { index: 1, max_size: Math.max(items.length, 1), total_pages: 1, total: items.length, items };
};

const extra = (filters: readonly string[]): Query => {
  const out: Record<string, string[]> = {};
  for (const filter of filters) {
    const at = filter.indexOf('=');
    if (at < 1) throw usage(`--filter ${filter}: write it as field=value or field=operator:value`);
    (out[filter.slice(0, at)] ??= []).push(filter.slice(at + 1));
  }
  return out;
};

/** Shows a page as a list, and on stderr how much more there is. */
export const showPage = async <T>(
  ctx: Context,
  page: Page<T>,
  columns: readonly Column<T>[],
  empty: string,
): Promise<void> => {
  const structured = ctx.globals.output === 'json' || ctx.globals.output === 'yaml';
  if (page.total === 0 && !structured) ctx.say(empty);
  await ctx.out.list(page, page.items, columns);
  if (page.total > page.items.length && !structured)
    ctx.say(
      `${page.items.length} of ${page.total} shown (page ${page.index} of ${page.total_pages}). More: --page ${page.index + 1}, or --all.`,
    );
};

/** Declares a `list` command: one page by default, filters as the interface has them. */
export const listCommand = <T>(list: List<T>): Leaf => {
  const own = Object.fromEntries(
    Object.entries(list.filters ?? {}).map(([key, summary]) => [key, text(summary, { value: 'value' })]),
  ) satisfies Options;
  return command({
    name: list.name ?? 'list',
    aliases: list.name ? [] : ['ls'],
    summary: list.summary,
    notes: `${list.notes ? `${list.notes}\n\n` : ''}A filter is a value, or operator:value with one of equals, notequals, contains, startswith, endswith, oneof, gt, gte, lt, lte, isnull.`,
    ...(list.examples ? { examples: list.examples } : {}),
    options: {
      ...own,
      filter: many('any other field', { value: 'field=value' }),
      logical_operator: text('how filters combine', { value: 'and|or', choices: ['and', 'or'] }),
      sort_by: text('field, desc:field or asc:field', { value: 'field' }),
      page: number('page to show, from 1', { value: 'number' }),
      size: number('items on a page (20)', { value: 'number' }),
      all: flag('all pages as one'),
    },
    run: async (ctx, input) => {
      const given = input as unknown as Readonly<Record<string, string | undefined>>;
      const { page, size, sort_by, logical_operator } = input;
      const query: Query = {
        ...list.fixed,
        ...Object.fromEntries(Object.keys(own).flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]]))),
        ...extra(input.filter),
        sort_by: sort_by ?? list.sort,
        logical_operator,
        page,
        size,
      };
      const api = await (list.about === 'roles' ? ctx.rolesApi() : ctx.api());
      await showPage(ctx, await fetchPage<T>(api, list.path, query, input.all), list.columns, 'Nothing found.');
    },
  });
};
