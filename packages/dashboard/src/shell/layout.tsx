import { Tooltip } from '@base-ui/react/tooltip';
import { Dialog as Base } from '@base-ui/react/dialog';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { cx } from '../ui/cx.ts';
import { closeInvite, useInviteOpen } from './invite-store.ts';
import { useShortcuts } from './shortcuts.ts';
import { helpOpen } from './help-store.ts';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

const loadPalette = () => import('./palette.tsx');
const loadKeys = () => import('./shortcut-list.tsx');
const loadInvite = () => import('../pages/people/invite-dialog.tsx');
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));
const ShortcutList = lazy(() => loadKeys().then((module) => ({ default: module.ShortcutList })));
const InviteDialog = lazy(() => loadInvite().then((module) => ({ default: module.InviteDialog })));

const slimKey = 'zendo-sidebar';
const wasSlim = (): boolean => {
  try {
    return localStorage.getItem(slimKey) === 'slim';
  } catch {
    return false;
  }
};

/** A dialog stays mounted after its first opening: only then can it give the focus back where it came from. */
const useOnceTrue = (on: boolean): boolean => {
  const [once, setOnce] = useState(on);
  if (on && !once) setOnce(true);
  return once || on;
};

const Sheet = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => (
  <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
      <Base.Popup className="fixed inset-y-0 left-0 z-50 w-64 border-r shadow-pop transition-transform data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
        <Base.Title className="sr-only">Menu</Base.Title>
        <Sidebar slim={false} onGo={onClose} />
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);

/** A changed page puts the reading position at its beginning, as a loaded one would. */
const useFreshFocus = () => {
  const main = useRef<HTMLElement>(null);
  // The tabs of a run are one page: whoever goes from one to the next keeps their place.
  const path = useLocation({ select: (location) => location.pathname.replace(/(\/runs\/[^/]+)\/[^/]+$/, '$1') });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
};

export const Layout = () => {
  const [slim, setSlim] = useState(wasSlim);
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const inviting = useInviteOpen();
  const main = useFreshFocus();
  const [search] = useState(() => () => setPalette(true));
  const help = useSyncExternalStore(helpOpen.listen, helpOpen.is);
  const [shortcuts] = useState(() => ({ search, help: helpOpen.open }));
  useShortcuts(shortcuts);
  useEffect(() => {
    // Both must open at once, or the first letters typed would be lost.
    const timer = setTimeout(() => void Promise.all([loadPalette(), loadInvite()]), 400);
    return () => clearTimeout(timer);
  }, []);
  const fold = (): void => {
    setSlim(!slim);
    try {
      localStorage.setItem(slimKey, slim ? 'wide' : 'slim');
    } catch {
      // Only remembered where storage is allowed.
    }
  };
  return (
    <Tooltip.Provider>
      <a
        href="#main"
        className="fixed top-2 left-2 z-70 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm text-accent-ink focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="flex min-h-dvh">
        <aside className={cx('sticky top-0 hidden h-dvh shrink-0 border-r md:block', slim ? 'w-15' : 'w-60')}>
          <Sidebar slim={slim} onSlim={fold} />
        </aside>
        <div className="flex min-w-0 grow flex-col">
          <TopBar onMenu={() => setSheet(true)} onSearch={search} />
          <main id="main" ref={main} tabIndex={-1} className="min-w-0 grow outline-none">
            <Outlet />
          </main>
        </div>
      </div>
      <Sheet open={sheet} onClose={() => setSheet(false)} />
      <Suspense>{useOnceTrue(palette) && <Palette open={palette} onClose={() => setPalette(false)} />}</Suspense>
      <Suspense>{useOnceTrue(help) && <ShortcutList open={help} onClose={helpOpen.close} />}</Suspense>
      <Suspense>{useOnceTrue(inviting) && <InviteDialog open={inviting} onClose={closeInvite} />}</Suspense>
    </Tooltip.Provider>
  );
};
