import { createRootRoute, createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Gone } from '../pages/auth/gone.tsx';
import type { Search } from '../resource/list-state.ts';
import { Failure } from '../ui/notice.tsx';
import { enter } from './enter.ts';

export const root = createRootRoute({
  component: Outlet,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
  notFoundComponent: Gone,
  errorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
});

/** Everything behind the log-in: sidebar, top bar, and the page in the middle. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ location }) => enter(location.href),
  component: lazyRouteComponent(() => import('../shell/layout.tsx'), 'Layout'),
});
