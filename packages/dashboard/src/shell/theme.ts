import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'system';
const key = 'zendo-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const stored = (): Theme => {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
};

const apply = (): void => {
  const theme = stored();
  document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && system.matches));
  for (const listener of listeners) listener();
};
system.addEventListener('change', apply);

export const setTheme = (theme: Theme): void => {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Private windows may refuse storage; the choice then lasts for this page only.
    document.documentElement.classList.toggle('dark', theme === 'dark');
    return;
  }
  apply();
};

export const useTheme = (): Theme =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stored);
