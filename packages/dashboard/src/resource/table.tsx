import { ArrowDown, ArrowUp } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import type { Envelope, Page } from '../api.ts';
import { Skeleton } from '../ui/bits.tsx';
import { cx } from '../ui/cx.ts';
import { Failure } from '../ui/notice.tsx';
import type { ListState } from './list-state.ts';
import { Pager } from './pager.tsx';
import type { Selection } from './selection.ts';

export interface Column<T> {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** The field to sort by, where the server can. */
  readonly sort?: string;
  /** From which width on it is worth its place. */
  readonly from?: 'sm' | 'md' | 'lg' | 'xl';
  readonly className?: string;
  /** A column of buttons: its head is for screen readers only. */
  readonly quiet?: boolean;
}

interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly data: Page<T> | undefined;
  readonly error: unknown;
  readonly retry?: () => void;
  readonly busy?: boolean;
  readonly state?: ListState;
  readonly keyOf: (row: T) => string;
  readonly empty: ReactNode;
  readonly selection?: Selection<T>;
  readonly sizes?: readonly number[];
}

/** Of a long list only the rows that one sees are there. */
const many = 100;
const WindowRows = lazy(() => import('./window-rows.tsx').then((module) => ({ default: module.WindowRows })));

const shown = {
  sm: 'hidden sm:table-cell',
  md: 'hidden md:table-cell',
  lg: 'hidden lg:table-cell',
  xl: 'hidden xl:table-cell',
};
const at = <T,>(column: Column<T>): string | undefined => column.from && shown[column.from];

const Head = <T,>({ column, state }: { readonly column: Column<T>; readonly state: ListState | undefined }) => {
  const look = cx(
    'h-9 px-3 text-left text-xs font-medium whitespace-nowrap text-faint first:pl-4 last:pr-4',
    at(column),
  );
  if (column.quiet) {
    return (
      <th scope="col" className={look}>
        <span className="sr-only">{column.head}</span>
      </th>
    );
  }
  if (!column.sort || !state) {
    return (
      <th scope="col" className={look}>
        {column.head}
      </th>
    );
  }
  const direction = state.sort === `asc:${column.sort}` ? 'asc' : state.sort === `desc:${column.sort}` ? 'desc' : null;
  const next = direction === 'asc' ? `desc:${column.sort}` : direction === 'desc' ? undefined : `asc:${column.sort}`;
  return (
    <th
      scope="col"
      className={look}
      aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none'}
    >
      <button
        type="button"
        onClick={() => state.setSort(next)}
        className="-mx-1.5 inline-flex h-7 items-center gap-1 rounded px-1.5 hover:bg-hover hover:text-ink"
      >
        {column.head}
        {direction === 'asc' && <ArrowUp className="size-3" aria-hidden />}
        {direction === 'desc' && <ArrowDown className="size-3" aria-hidden />}
      </button>
    </th>
  );
};

const Waiting = <T,>({ columns }: { readonly columns: readonly Column<T>[] }) =>
  Array.from({ length: 5 }, (_, row) => (
    <tr key={row} className="border-t">
      {columns.map((column) => (
        <td key={column.id} className={cx('h-13 px-3 first:pl-4 last:pr-4', at(column))}>
          {!column.quiet && <Skeleton className={row % 2 ? 'w-2/3' : 'w-4/5'} />}
        </td>
      ))}
    </tr>
  ));

const boxLook = 'size-4 accent-accent align-middle';

const Row = <T,>({ row, columns, id, selection }: RowProps<T>) => {
  const on = selection?.has(id);
  return (
    <tr className={cx('border-t transition-colors hover:bg-side', on && 'bg-accent-wash')}>
      {selection && (
        <td className="w-9 pl-4">
          <label className="-m-2 flex w-min p-2">
            <span className="sr-only">Choose {(row as { name?: string }).name ?? id}</span>
            <input type="checkbox" className={boxLook} checked={on} onChange={() => selection.toggle(id)} />
          </label>
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          className={cx('h-13 px-3 py-1.5 align-middle first:pl-4 last:pr-4', at(column), column.className)}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
};

interface RowProps<T> {
  readonly row: T;
  readonly columns: readonly Column<T>[];
  readonly id: string;
  readonly selection: Selection<T> | undefined;
}

const Rows = <T,>({
  data,
  columns,
  keyOf,
  selection,
}: Pick<TableProps<T>, 'columns' | 'keyOf' | 'selection'> & { readonly data: Page<T> }) => {
  const row = (index: number): ReactNode => {
    const item = data.items[index] as T;
    return <Row key={keyOf(item)} row={item} columns={columns} id={keyOf(item)} selection={selection} />;
  };
  if (data.items.length <= many) return data.items.map((_, index) => row(index));
  return (
    <Suspense fallback={<Waiting columns={columns} />}>
      <WindowRows count={data.items.length} columns={columns.length + (selection ? 1 : 0)} row={row} />
    </Suspense>
  );
};

export const DataTable = <T,>(props: TableProps<T>) => {
  const { label, columns, data, error, retry, busy, state, keyOf, empty, selection, sizes } = props;
  if (error && !data) return <Frame>{<Failure error={error} {...(retry && { retry })} />}</Frame>;
  if (data && data.items.length === 0) return <Frame>{empty}</Frame>;
  return (
    <Frame>
      <div className={cx('relative overflow-x-auto', busy && 'opacity-70')}>
        <table className="w-full border-collapse text-sm" aria-label={label} aria-busy={!data || busy}>
          <thead className="bg-side">
            <tr>
              {selection && (
                <th scope="col" className="w-9 pl-4 text-left">
                  <label className="-m-2 flex w-min p-2">
                    <span className="sr-only">Choose all on this page</span>
                    <input type="checkbox" className={boxLook} checked={selection.all} onChange={selection.toggleAll} />
                  </label>
                </th>
              )}
              {columns.map((column) => (
                <Head key={column.id} column={column} state={state} />
              ))}
            </tr>
          </thead>
          <tbody>
            {data ? (
              <Rows data={data} columns={columns} keyOf={keyOf} {...(selection && { selection })} />
            ) : (
              <Waiting columns={columns} />
            )}
          </tbody>
        </table>
      </div>
      {data && state && (data.total_pages > 1 || (sizes && data.total > (sizes[0] ?? 0))) && (
        <Pager data={data} state={state} sizes={sizes} />
      )}
    </Frame>
  );
};

interface ListTableProps<T extends Envelope> extends Omit<
  TableProps<T>,
  'data' | 'error' | 'retry' | 'busy' | 'keyOf'
> {
  /** What `useList` or `useProjectList` gave. */
  readonly list: {
    readonly data: Page<T> | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
    readonly isPlaceholderData: boolean;
  };
}

/** The table of a list that is read from the server. */
export const ListTable = <T extends Envelope>({ list, ...table }: ListTableProps<T>) => (
  <DataTable
    {...table}
    data={list.data}
    error={list.error}
    retry={() => void list.refetch()}
    busy={list.isPlaceholderData}
    keyOf={(row) => row.id}
  />
);

const Frame = ({ children }: { readonly children: ReactNode }) => (
  <div className="overflow-hidden rounded-xl border border-line bg-panel">{children}</div>
);
