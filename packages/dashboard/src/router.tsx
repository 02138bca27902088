import { createRouter } from '@tanstack/react-router';
import { isStatus } from './api.ts';
import { queryClient } from './resource/query.ts';
import { aliasRoutes } from './routes/aliases.ts';
import { authRoutes } from './routes/auth.ts';
import { homeRoutes } from './routes/home.ts';
import { peopleRoutes } from './routes/people.ts';
import { projectRoutes } from './routes/projects.ts';
import { requestRoutes } from './routes/requests.ts';
import { root, shell } from './routes/root.tsx';
import { settingsRoutes } from './routes/settings.ts';
import { stackRoutes } from './routes/stacks.ts';
import { tagRoutes } from './routes/tags.ts';
import { Failure } from './ui/notice.tsx';
import { SkeletonLines } from './ui/bits.tsx';

const tree = root.addChildren([
  ...authRoutes,
  ...aliasRoutes,
  shell.addChildren([
    ...homeRoutes,
    ...projectRoutes,
    ...stackRoutes,
    ...tagRoutes,
    ...requestRoutes,
    ...peopleRoutes,
    ...settingsRoutes,
  ]),
]);

export const router = createRouter({
  routeTree: tree as typeof root,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: () => (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-8">
      <SkeletonLines lines={6} />
    </div>
  ),
  defaultErrorComponent: ({ error, reset }) => (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-8">
      <h1 className="text-xl font-semibold">This page did not work</h1>
      <Failure error={error} retry={reset} />
    </div>
  ),
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
    return text && `?${text}`;
  },
});

// Any answer of 401 while the page is open: the session is over.
queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== 'updated' || event.action.type !== 'error' || !isStatus(event.action.error, 401)) return;
  const here = router.state.location;
  if (['/login', '/signup', '/setup', '/activate-user'].includes(here.pathname)) return;
  queryClient.removeQueries({ queryKey: ['/access/me'] });
  void router.navigate({ to: '/login', search: { next: here.href } });
});
