import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../../api.ts';

export interface Entry {
  readonly id?: string;
  readonly message: string;
  readonly level?: number | null;
  readonly timestamp?: string | null;
  readonly name?: string | null;
  readonly filename?: string | null;
  readonly lineno?: number | null;
}
interface Entries {
  readonly items: readonly Entry[];
  readonly before?: string | null;
  readonly after?: string | null;
}

export const levels = [
  { value: '10', label: 'DEBUG' },
  { value: '20', label: 'INFO' },
  { value: '30', label: 'WARNING' },
  { value: '40', label: 'ERROR' },
  { value: '50', label: 'CRITICAL' },
];
export const levelName = (level: number | null | undefined): string =>
  levels.find((one) => Number(one.value) === level)?.label ?? '';

const limit = 1000;

/** The lines of a log from the newest on, earlier ones as one asks for them; with what is written later while it is followed. */
export const useLogs = (
  id: string,
  options: { readonly search: string; readonly level: string | undefined; readonly follow: boolean },
) => {
  const { search, level, follow } = options;
  return useInfiniteQuery({
    queryKey: ['logs', id, search, level],
    queryFn: ({ pageParam, signal }) =>
      get<Entries>(
        `/logs/${id}/entries`,
        { limit, search, level, ...(pageParam ? { before: pageParam } : { start: 'newest' }) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.before || undefined,
    refetchInterval: follow ? 3000 : false,
    retry: false,
  });
};
