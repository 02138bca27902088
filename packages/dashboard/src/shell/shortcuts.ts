import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useProject } from '../access/project.ts';
import { addressOf, navGroups } from './nav.ts';

const key = 'zendo-single-keys';
const listeners = new Set<() => void>();
const stored = (): boolean => {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
};

/** Whether keys without Ctrl do something: who speaks to the computer, or hits keys by chance, switches them off. */
export const useSingleKeys = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stored);

export const setSingleKeys = (on: boolean): void => {
  try {
    localStorage.setItem(key, on ? 'on' : 'off');
  } catch {
    // Where nothing may be stored they stay as they are.
  }
  for (const listener of listeners) listener();
};

/** What to press after `g`, for the pages of the sidebar whose first letter is free. */
const letters: Readonly<Record<string, string>> = {
  h: '/',
  p: '/pipelines',
  r: '/runs',
  a: '/artifacts',
  m: '/models',
  s: '/stacks',
};
export const jumps = navGroups
  .flat()
  .flatMap((entry) => Object.entries(letters).flatMap(([letter, to]) => (to === entry.to ? [{ letter, entry }] : [])));

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role=combobox], [role=menu], [role=dialog]') !== null);

/** How long after `g` the second key counts. */
const patience = 1200;

/** Ctrl-K, and single keys outside of boxes in which one types. */
export const useShortcuts = (on: { readonly search: () => void; readonly help: () => void }): void => {
  const navigate = useNavigate();
  const { name: project } = useProject();
  const single = useSingleKeys();
  const began = useRef(0);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        on.search();
        return;
      }
      if (!single || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const jump = event.timeStamp - began.current < patience && jumps.find((one) => one.letter === event.key);
      began.current = event.key === 'g' ? event.timeStamp : 0;
      if (jump) void navigate({ to: addressOf(jump.entry, project) });
      else if (event.key === '?') on.help();
      else if (event.key === '/') {
        const box = document.querySelector<HTMLElement>('main input[type=search]');
        if (box) box.focus();
        else on.search();
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [on, single, project, navigate]);
};
