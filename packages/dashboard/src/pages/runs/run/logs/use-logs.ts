import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get, type Query } from '../../../../api.ts';

export interface Entry {
  readonly id?: string;
  readonly message: string;
  readonly level?: number | null;
  readonly timestamp?: string | null;
}
interface Entries {
  readonly items: readonly Entry[];
  readonly before?: string | null;
  /** Null once the run or step is over and all was read. */
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

interface Wanted {
  readonly search: string;
  readonly level: string | undefined;
}
const page = (id: string, query: Query, signal?: AbortSignal): Promise<Entries> =>
  get<Entries>(`/logs/${id}/entries`, { limit: 1000, ...query }, signal);

const pause = 2000;

/** What is written after a place in the log, as it comes. A page may be empty and still lead on. */
const useNewer = (
  id: string,
  { search, level }: Wanted,
  from: string | null | undefined,
  follow: boolean,
): readonly Entry[] => {
  const [newer, setNewer] = useState<{ from: string; entries: readonly Entry[] } | null>(null);
  useEffect(() => {
    if (!follow || !from) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (after: string): Promise<void> => {
      // A broken line is tried again: the place is kept.
      const found = await page(id, { search, level, after }, stop.signal).catch(() => null);
      if (stop.signal.aborted) return;
      if (found?.items.length)
        setNewer((before) => ({ from, entries: [...(before?.from === from ? before.entries : []), ...found.items] }));
      if (found && !found.after) return;
      timer = setTimeout(() => void look(found?.after ?? after), found?.items.length ? 200 : pause);
    };
    setNewer(null);
    void look(from);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [id, search, level, from, follow]);
  return newer && newer.from === from ? newer.entries : [];
};

/** The lines of a log from its end on, earlier ones as one asks for them, and what is written meanwhile while it is followed. */
export const useLogs = (id: string, wanted: Wanted, follow: boolean) => {
  const { search, level } = wanted;
  const logs = useInfiniteQuery({
    queryKey: ['logs', id, search, level],
    queryFn: ({ pageParam, signal }) =>
      page(id, { search, level, ...(pageParam ? { before: pageParam } : { start: 'newest' }) }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.before || undefined,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  const newer = useNewer(id, wanted, logs.data?.pages[0]?.after, follow);
  // The first page is the newest; earlier ones come after it, so all are put the other way round.
  const older = (logs.data?.pages ?? []).toReversed().flatMap((one) => one.items);
  return { logs, entries: newer.length > 0 ? [...older, ...newer] : older };
};

/** All of it, from the first line to the last that is there now. */
export const wholeLog = async (id: string, wanted: Wanted): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  let query: Query = { ...wanted, start: 'oldest' };
  for (;;) {
    const found = await page(id, query);
    entries.push(...found.items);
    if (!found.after || found.items.length === 0) return entries;
    query = { ...wanted, after: found.after };
  }
};
