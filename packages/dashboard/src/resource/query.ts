import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, asPage, call, messageOf, type Page, type Query } from '../api.ts';
import { toast } from '../ui/toast.tsx';

const worthRetrying = (count: number, error: Error): boolean =>
  count < 1 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: worthRetrying, refetchOnWindowFocus: true } },
});

/** How something is read, and under which key it is kept. `parse` reads the answer where plain JSON would lose something. */
export const read = <T>(path: string, query: Query = {}, parse?: (text: string) => T) => ({
  queryKey: [path, query] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => call<T>('GET', path, { query, signal, ...(parse && { parse }) }),
});

export const useRead = <T>(path: string, query: Query = {}, enabled = true) =>
  useQuery({ ...read<T>(path, query), enabled });

/** After how many milliseconds to read a list again, going by what it holds; false: not by itself. */
export type Refresh<T> = (page: Page<T> | undefined) => number | false;

export const useList = <T>(path: string, query: Query = {}, enabled = true, refresh?: Refresh<T>) =>
  useQuery({
    ...read<Page<T>>(path, query),
    enabled,
    placeholderData: keepPreviousData,
    ...(refresh && { refetchInterval: ({ state }: { state: { data: Page<T> | undefined } }) => refresh(state.data) }),
  });

/** A list of what lies in one project; empty for somebody who may see none. */
export const useProjectList = <T>(
  path: string,
  project: string | null | undefined,
  query: Query = {},
  refresh?: Refresh<T>,
) => {
  const list = useList<T>(path, { ...query, project: project ?? undefined }, Boolean(project), refresh);
  return project === null ? { ...list, data: asPage<T>([]) } : list;
};

interface ChangeOptions<Out> {
  /** Said in a toast when it worked. */
  readonly done?: string | ((out: Out) => string);
  readonly then?: (out: Out) => void;
  /** The caller shows the error itself, beside the field or in the dialog. */
  readonly quiet?: boolean;
}

/** A write. What people may do can change with any of them, so everything on screen is read anew afterwards. */
export const useChange = <In, Out>(run: (input: In) => Promise<Out>, options: ChangeOptions<Out> = {}) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async (out) => {
      if (options.done) toast.good(typeof options.done === 'string' ? options.done : options.done(out));
      options.then?.(out);
      await client.invalidateQueries();
    },
    onError: (error) => {
      if (!options.quiet) toast.bad(messageOf(error));
    },
  });
};
