import { useEffect, useSyncExternalStore } from 'react';

// Addresses name things by id; the breadcrumb shows what they are called once a page has found out.
let names: ReadonlyMap<string, string> = new Map();
const listeners = new Set<() => void>();
const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A page tells what the thing of an id in its address is called. */
export const useName = (id: string | undefined, name: string | undefined): void => {
  useEffect(() => {
    if (!id || !name || names.get(id) === name) return;
    names = new Map(names).set(id, name);
    for (const listener of listeners) listener();
  }, [id, name]);
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}$/i;

/** What to call a word of an address: an id whose name is not known yet is not worth reading. */
export const useCalled = (): ((word: string) => string) => {
  const known = useSyncExternalStore(listen, () => names);
  return (word) => known.get(word) ?? (uuid.test(word) ? '…' : word);
};
