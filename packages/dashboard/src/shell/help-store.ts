let open = false;
const listeners = new Set<() => void>();
const set = (to: boolean): void => {
  open = to;
  for (const listener of listeners) listener();
};

/** The list of keyboard shortcuts opens over any page, from the keyboard, the palette and the account menu. */
export const helpOpen = {
  is: (): boolean => open,
  open: (): void => set(true),
  close: (): void => set(false),
  listen: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
