import { useSyncExternalStore } from 'react';

let open = false;
const listeners = new Set<() => void>();
const set = (to: boolean): void => {
  open = to;
  for (const listener of listeners) listener();
};

/** The invite dialog belongs to the shell: it opens over any page, and whoever invited stays where they were. */
export const openInvite = (): void => set(true);
export const closeInvite = (): void => set(false);
export const useInviteOpen = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
