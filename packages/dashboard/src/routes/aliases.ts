// Addresses that clients print and that people have bookmarked since the original's first dashboards.
import { type AnyRoute, createRoute, redirect } from '@tanstack/react-router';
import { currentProject, projectOf } from '../access/project.ts';
import { seg } from '../api.ts';
import type { Search } from '../resource/list-state.ts';
import { enter } from './enter.ts';
import { root } from './root.tsx';

type Params = Record<string, string>;
type Target = (params: Params, search: Search) => string | Promise<string>;

/** What lies in a project, asked for without one: in the project that the address, or else the person, was last in. */
const inOwn =
  (path: string): Target =>
  async (_params, search) => {
    const project = search.project ?? (await currentProject());
    return project ? `/projects/${seg(project)}${path}` : '/projects';
  };

const oneRun: Target = async ({ id = '' }) => {
  const project = await projectOf(`/runs/${seg(id)}`);
  return project ? `/projects/${seg(project)}/runs/${seg(id)}` : '/runs';
};

const rest: Target = ({ p = '', _splat = '' }) => `/projects/${seg(p)}/${_splat}`;
const project: Target = ({ p = '' }) => `/projects/${seg(p)}`;
const to =
  (path: string): Target =>
  () =>
    path;

const aliases: readonly [string, Target][] = [
  ['/workspaces', to('/projects')],
  ['/workspaces/$p', project],
  ['/workspaces/$p/$', rest],
  ['/w/$p', project],
  ['/w/$p/$', rest],
  ...['/pipelines', '/runs', '/artifacts', '/models', '/repositories', '/schedules', '/triggers', '/webhooks'].map(
    (path): [string, Target] => [path, inOwn(path)],
  ),
  ['/all-runs', inOwn('/runs')],
  ['/runs/$id', oneRun],
  ['/runs/$id/$tab', oneRun],
  ['/pipelines/$id', ({ id = '' }) => inOwn(`/pipelines/${seg(id)}`)({}, {})],
  ['/onboarding', to('/')],
  ['/overview', to('/')],
  ['/audit', to('/settings/workspace/audit')],
  ['/settings', to('/settings/workspace/general')],
  ['/settings/organization', to('/settings/workspace/general')],
  ['/settings/general', to('/settings/workspace/general')],
  ['/settings/members', to('/people')],
  ['/settings/users', to('/people')],
  ['/settings/roles', to('/settings/workspace/roles')],
  ['/settings/service-accounts', to('/people/service-accounts')],
  ['/settings/service-accounts/$id', ({ id = '' }) => `/people/service-accounts/${seg(id)}`],
  ['/settings/projects', to('/projects')],
  ['/settings/stacks', to('/stacks')],
  ['/settings/profile', to('/settings/personal/profile')],
  ['/settings/personal-details', to('/settings/personal/profile')],
  ['/settings/api-tokens', to('/settings/personal/tokens')],
  ['/settings/notifications', to('/settings/personal/profile')],
];

const withoutProject = ({ project: _, ...search }: Search): Search => search;

export const aliasRoutes: readonly AnyRoute[] = aliases.map(([path, target]) =>
  createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: async ({ location, params, search }) => {
      await enter(location.href);
      const found = await target(params as Params, search as Search);
      throw redirect({ to: found, search: withoutProject(search as Search), replace: true });
    },
  }),
);
