import type { Search } from './resource/list-state.ts';

type Params = Record<string, string>;
type Target = (params: Params, search: Search) => { to: string; search?: Search };

const to =
  (path: string): Target =>
  () => ({ to: path });
const inProject =
  (path: string): Target =>
  (params) => ({ to: path, search: { project: params.p } });
const oneRun: Target = (params) => ({ to: '/runs', search: { project: params.p, run: params.id } });
const onePipeline: Target = (params) => ({ to: '/pipelines', search: { project: params.p, name: params.id } });

const ofProject = (base: string): [string, Target][] => [
  [`${base}/$p/pipelines`, inProject('/pipelines')],
  [`${base}/$p/pipelines/list`, inProject('/pipelines')],
  [`${base}/$p/pipelines/$id`, onePipeline],
  [`${base}/$p/pipelines/$id/$tab`, onePipeline],
  [`${base}/$p/all-runs`, inProject('/runs')],
  [`${base}/$p/runs`, inProject('/runs')],
  [`${base}/$p/runs/$id`, oneRun],
  [`${base}/$p/runs/$id/$tab`, oneRun],
  [`${base}/$p/stacks`, to('/stacks')],
  [`${base}/$p/stacks/list`, to('/stacks')],
];

/** Addresses that clients print and that people have bookmarked since the original's first dashboards. */
export const aliases: readonly [string, Target][] = [
  ...ofProject('/projects'),
  ...ofProject('/workspaces'),
  ...ofProject('/w'),
  ['/workspaces', to('/projects')],
  ['/workspaces/$p', (params) => ({ to: `/projects/${params.p}` })],
  ['/w/$p', (params) => ({ to: `/projects/${params.p}` })],
  ['/runs/$id', (params) => ({ to: '/runs', search: { run: params.id } })],
  ['/stacks/$id', to('/stacks')],
  ['/stacks/create', to('/stacks')],
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
  ['/settings/service-accounts/$id', (params) => ({ to: `/people/service-accounts/${params.id}` })],
  ['/settings/projects', to('/projects')],
  ['/settings/stacks', to('/stacks')],
  ['/settings/profile', to('/settings/personal/profile')],
  ['/settings/personal-details', to('/settings/personal/profile')],
  ['/settings/api-tokens', to('/settings/personal/tokens')],
  ['/settings/notifications', to('/settings/personal/profile')],
];
