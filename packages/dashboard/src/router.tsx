import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { aliases } from './aliases.ts';
import { isStatus } from './api.ts';
import type { Me } from './access/me.ts';
import { Gone } from './pages/auth/gone.tsx';
import type { Search } from './resource/list-state.ts';
import { queryClient, read } from './resource/query.ts';
import type { Info } from './resource/types.ts';
import { Failure } from './ui/notice.tsx';
import { SkeletonLines } from './ui/bits.tsx';

const root = createRootRoute({
  component: Outlet,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
  notFoundComponent: Gone,
  errorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
});

const auth = () => import('./pages/auth/index.ts');
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(auth, 'LoginPage'),
});
const signup = createRoute({
  getParentRoute: () => root,
  path: '/signup',
  component: lazyRouteComponent(auth, 'SignupPage'),
});
const activate = createRoute({
  getParentRoute: () => root,
  path: '/activate-user',
  component: lazyRouteComponent(auth, 'SignupPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/auth/setup.tsx'), 'SetupPage'),
});
const device = createRoute({
  getParentRoute: () => root,
  path: '/devices/verify',
  beforeLoad: ({ location }) => enter(location.href),
  component: lazyRouteComponent(() => import('./pages/auth/device.tsx'), 'DevicePage'),
});

/** Nobody sees a page of the shell without a session; afterwards they are back where they wanted to be. */
const enter = async (href: string): Promise<void> => {
  try {
    await queryClient.ensureQueryData(read<Me>('/access/me'));
  } catch (error) {
    if (!isStatus(error, 401)) throw error;
    const info = await queryClient.ensureQueryData(read<Info>('/info')).catch(() => null);
    if (info?.zendo?.setup_required) throw redirect({ to: '/setup' });
    throw redirect({ to: '/login', search: href === '/' ? {} : { next: href } });
  }
};

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: ({ location }) => enter(location.href),
  component: lazyRouteComponent(() => import('./shell/layout.tsx'), 'Layout'),
});

type Load = () => Promise<Record<string, ComponentType>>;
type Crumb = string | ((params: Record<string, string>) => string);
/** A page that stands between in the breadcrumb without being a parent in the address. */
type Above = { readonly label: string; readonly to: string };

const page = (path: string, crumb: Crumb | undefined, load: () => Promise<unknown>, name: string) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    staticData: { ...(crumb && { crumb }) },
    component: lazyRouteComponent(load as Load, name),
  });

const section = (path: string, crumb: Crumb, children: (parent: () => AnyRoute) => AnyRoute[]): AnyRoute => {
  const parent: AnyRoute = createRoute({ getParentRoute: () => shell, path, staticData: { crumb } });
  return parent.addChildren(children(() => parent));
};

const inside = (
  parent: () => AnyRoute,
  path: string,
  crumb: Crumb | undefined,
  load: () => Promise<unknown>,
  name: string,
  above?: Above,
) =>
  createRoute({
    getParentRoute: parent,
    path,
    staticData: { ...(crumb && { crumb }), ...(above && { above }) },
    component: lazyRouteComponent(load as Load, name),
  });

const leap = (parent: () => AnyRoute, to: string) =>
  createRoute({
    getParentRoute: parent,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to, replace: true });
    },
  });

const people = () => import('./pages/people/index.ts');
const teams = () => import('./pages/teams/index.ts');
const accounts = () => import('./pages/accounts/index.ts');
const projects = () => import('./pages/projects/index.ts');
const ml = () => import('./pages/ml/index.ts');
const workspace = () => import('./pages/workspace/index.ts');
const personal = () => import('./pages/personal/index.ts');

const tree = root.addChildren([
  login,
  signup,
  activate,
  setup,
  device,
  ...aliases.map(([path, target]) =>
    createRoute({
      getParentRoute: () => root,
      path,
      beforeLoad: ({ params, search }) => {
        throw redirect({ ...target(params as Record<string, string>, search as Search), replace: true });
      },
    }),
  ),
  shell.addChildren([
    page('/', 'Home', () => import('./pages/home/home.tsx'), 'HomePage'),
    section('/people', 'People', (parent) => [
      inside(parent, '/', undefined, people, 'MembersPage'),
      inside(parent, '/invitations', 'Invitations', people, 'InvitationsPage'),
      inside(parent, '/teams', 'Teams', teams, 'TeamsPage'),
      inside(parent, '/teams/$team', (params) => params.team ?? '', teams, 'TeamPage', {
        label: 'Teams',
        to: '/people/teams',
      }),
      inside(parent, '/service-accounts', 'Service accounts', accounts, 'AccountsPage'),
      inside(parent, '/service-accounts/$account', (params) => params.account ?? '', accounts, 'AccountPage', {
        label: 'Service accounts',
        to: '/people/service-accounts',
      }),
    ]),
    section('/projects', 'Projects', (parent) => [
      inside(parent, '/', undefined, projects, 'ProjectsPage'),
      inside(parent, '/$project', (params) => params.project ?? '', projects, 'ProjectPage'),
    ]),
    page('/pipelines', 'Pipelines', ml, 'PipelinesPage'),
    page('/runs', 'Runs', ml, 'RunsPage'),
    page('/stacks', 'Stacks', ml, 'StacksPage'),
    section('/settings/workspace', 'Workspace settings', (parent) => [
      leap(parent, '/settings/workspace/general'),
      inside(parent, '/general', 'General', workspace, 'GeneralPage'),
      inside(parent, '/roles', 'Roles', workspace, 'RolesPage'),
      inside(parent, '/roles/$role', (params) => params.role ?? '', workspace, 'RolePage', {
        label: 'Roles',
        to: '/settings/workspace/roles',
      }),
      inside(parent, '/new-role', 'New role', workspace, 'NewRolePage', {
        label: 'Roles',
        to: '/settings/workspace/roles',
      }),
      inside(parent, '/access', 'Access tester', workspace, 'AccessPage'),
      inside(parent, '/audit', 'Audit', workspace, 'AuditPage'),
    ]),
    section('/settings/personal', 'Personal settings', (parent) => [
      leap(parent, '/settings/personal/profile'),
      inside(parent, '/profile', 'Profile', personal, 'ProfilePage'),
      inside(parent, '/password', 'Password', personal, 'PasswordPage'),
      inside(parent, '/sessions', 'Sessions', personal, 'SessionsPage'),
      inside(parent, '/tokens', 'Tokens', personal, 'TokensPage'),
      inside(parent, '/appearance', 'Appearance', personal, 'AppearancePage'),
    ]),
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
