import { useState } from 'react';
import type { Envelope } from '../api.ts';

export interface Selection<T> {
  /** The chosen rows, in the order of the list. */
  readonly rows: readonly T[];
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  readonly all: boolean;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

/** Rows of the page that one looks at; whoever turns the page chooses anew. */
export const useSelection = <T extends Envelope>(items: readonly T[] | undefined): Selection<T> => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const rows = (items ?? []).filter((row) => ids.has(row.id));
  const all = rows.length > 0 && rows.length === items?.length;
  return {
    rows,
    has: (id) => ids.has(id),
    toggle: (id) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    all,
    toggleAll: () => setIds(all ? new Set() : new Set(items?.map((row) => row.id))),
    clear: () => setIds(new Set()),
  };
};
