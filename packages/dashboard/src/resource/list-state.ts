import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Search = Record<string, string | undefined>;

/** State of a list lives in the address, so a filtered table can be sent to a colleague and Back works. */
export const useUrlState = (): readonly [Search, (patch: Search, options?: { push?: boolean }) => void] => {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const set = useCallback(
    (patch: Search, options?: { push?: boolean }) => {
      void navigate({
        to: '.',
        search: (before: Search) => {
          const next: Search = { ...before, ...patch };
          for (const key of Object.keys(next)) if (!next[key]) delete next[key];
          return next;
        },
        replace: !options?.push,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [search, set] as const;
};

export interface ListState {
  readonly search: Search;
  readonly page: number;
  readonly sort: string | undefined;
  readonly set: (patch: Search) => void;
  readonly setPage: (page: number) => void;
  readonly setSort: (sort: string | undefined) => void;
}

export const useListState = (): ListState => {
  const [search, set] = useUrlState();
  return {
    search,
    page: Math.max(1, Number(search.page) || 1),
    sort: search.sort,
    set: (patch) => set({ page: undefined, ...patch }),
    setPage: (page) => set({ page: page > 1 ? String(page) : undefined }),
    setSort: (sort) => set({ sort, page: undefined }),
  };
};
