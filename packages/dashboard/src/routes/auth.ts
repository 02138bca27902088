import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { enter } from './enter.ts';
import { root } from './root.tsx';

const auth = () => import('../pages/auth/index.ts');

/** Pages without the shell: for people who are not logged in, or not yet. */
export const authRoutes: readonly AnyRoute[] = [
  createRoute({ getParentRoute: () => root, path: '/login', component: lazyRouteComponent(auth, 'LoginPage') }),
  createRoute({ getParentRoute: () => root, path: '/signup', component: lazyRouteComponent(auth, 'SignupPage') }),
  createRoute({
    getParentRoute: () => root,
    path: '/activate-user',
    component: lazyRouteComponent(auth, 'SignupPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/setup',
    component: lazyRouteComponent(() => import('../pages/auth/setup.tsx'), 'SetupPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/devices/verify',
    beforeLoad: ({ location }) => enter(location.href),
    component: lazyRouteComponent(() => import('../pages/auth/device.tsx'), 'DevicePage'),
  }),
];
