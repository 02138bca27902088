import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Envelope, Query } from '../api.ts';
import { Empty } from '../ui/bits.tsx';
import { PageBody } from '../ui/page.tsx';
import { useListState, type ListState } from './list-state.ts';
import { useList, useProjectList, type Refresh } from './query.ts';
import { useSelection, type Selection } from './selection.ts';
import { ListTable, type Column } from './table.tsx';
import { SearchBox, Toolbar } from './toolbar.tsx';

interface ListProps<T extends Envelope> {
  /** What is listed, as one reads it: `stacks` and `stack`. */
  readonly things: string;
  readonly thing: string;
  /** What the table is called, where `things` is short for it. */
  readonly label?: string;
  readonly path: string;
  /** For what lies in a project; undefined as long as the project is not known, null where there is none to see. */
  readonly project?: string | null | undefined;
  /** Filters beyond the name, as the interface takes them. */
  readonly query?: Query;
  /** What the list is sorted by when nothing else was chosen. */
  readonly sort: string;
  readonly columns: readonly Column<T>[];
  readonly icon?: ReactNode;
  /** Further filters, beside the search box. */
  readonly filters?: ReactNode;
  /** Whether one of them is set: then an empty list says so. */
  readonly filtered?: boolean;
  /** What stands there while there is nothing at all. */
  readonly empty: ReactNode;
  /** Reads it again by itself; see `useList`. */
  readonly refresh?: Refresh<T>;
  /** What can be done with chosen rows at once. Given, each row has a box to choose it. */
  readonly bulk?: (selection: Selection<T>) => ReactNode;
  /** How many rows on a page one may choose; the first is what one begins with. */
  readonly sizes?: readonly number[];
}

const useThings = <T extends Envelope>(props: ListProps<T>, state: ListState) => {
  const { path, query, sort, refresh, sizes } = props;
  const inProject = 'project' in props;
  const asked: Query = {
    hydrate: true,
    page: state.page,
    sort_by: state.sort ?? sort,
    name: state.search.q && `contains:${state.search.q}`,
    ...(sizes && { size: sizes.find((size) => String(size) === state.search.size) ?? sizes[0] }),
    ...query,
  };
  const everywhere = useList<T>(path, asked, !inProject, refresh);
  const here = useProjectList<T>(path, inProject ? props.project : undefined, asked, refresh);
  return inProject ? here : everywhere;
};

/** A searchable, sortable list whose state is in the address, with what to say while it is loading, empty or refused. */
export const ListView = <T extends Envelope>(props: ListProps<T>) => {
  const { things, thing, columns, icon, filters, filtered, empty, bulk, sizes } = props;
  const state = useListState();
  const { search, set } = state;
  const list = useThings(props, state);
  const selection = useSelection(list.data?.items);
  const name = things.charAt(0).toUpperCase() + things.slice(1);
  return (
    <>
      <Toolbar>
        <SearchBox label={`Search ${things}`} value={search.q ?? ''} onChange={(q) => set({ q })} />
        {filters}
      </Toolbar>
      {bulk?.(selection)}
      <ListTable
        label={props.label ?? name}
        columns={columns}
        list={list}
        state={state}
        {...(bulk && { selection })}
        {...(sizes && { sizes })}
        empty={
          search.q || filtered ? (
            <Empty icon={icon ?? <SearchX />} title={`No ${thing} matches`}>
              Try fewer filters.
            </Empty>
          ) : (
            empty
          )
        }
      />
    </>
  );
};

interface PageProps<T extends Envelope> extends ListProps<T> {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly actions?: ReactNode;
}

/** A page that is one list. */
export const ListPage = <T extends Envelope>({ title, intro, actions, ...list }: PageProps<T>) => (
  <PageBody title={title} intro={intro} actions={actions}>
    <ListView {...list} />
  </PageBody>
);
