// What is read over there, in the order in which it must come here; and what cannot come.

export type List = {
  /** What the server here calls it. */
  readonly type: string;
  readonly path: string;
  readonly label: string;
  /** Whether it is read project by project. */
  readonly placed: boolean;
  /** Whether each must be asked for by itself, because lists do not tell all of it. */
  readonly singly?: Readonly<Record<string, string>>;
};

const list = (type: string, path: string, label: string, more: Partial<List> = {}): List => ({
  type,
  path,
  label,
  placed: false,
  ...more,
});
const placed = { placed: true } as const;

export const LISTS: readonly List[] = [
  list('user', '/users', 'users'),
  list('service_account', '/service_accounts', 'service accounts'),
  list('project', '/projects', 'projects'),
  list('tag', '/tags', 'tags'),
  list('flavor', '/flavors', 'flavors'),
  list('secret', '/secrets', 'secrets', { singly: {} }),
  list('service_connector', '/service_connectors', 'service connectors', { singly: { expand_secrets: 'true' } }),
  list('stack_component', '/components', 'components'),
  list('stack', '/stacks', 'stacks'),
  list('code_repository', '/code_repositories', 'code repositories', placed),
  list('pipeline', '/pipelines', 'pipelines', placed),
  list('schedule', '/schedules', 'schedules', placed),
  list('pipeline_build', '/pipeline_builds', 'builds', placed),
  list('pipeline_snapshot', '/pipeline_snapshots', 'snapshots', placed),
  list('model', '/models', 'models', placed),
  list('model_version', '/model_versions', 'model versions', placed),
  list('run', '/runs', 'runs', placed),
  list('artifact', '/artifacts', 'artifacts', placed),
  list('artifact_version', '/artifact_versions', 'artifact versions', placed),
  list('step', '/steps', 'steps', placed),
  list('model_version_artifact', '/model_version_artifacts', 'artifacts of model versions'),
  list('model_version_run', '/model_version_pipeline_runs', 'runs of model versions'),
];

/** What stays behind although it is there, and why. */
export const STAYS: readonly {
  readonly path: string;
  readonly label: string;
  readonly placed: boolean;
  readonly why: string;
}[] = [
  {
    path: '/run_templates',
    label: 'run templates',
    placed: true,
    why: 'only a server that can start runs has a use for them',
  },
  { path: '/services', label: 'services', placed: true, why: 'they tell of processes that this server does not know' },
  {
    path: '/deployments',
    label: 'deployments',
    placed: true,
    why: 'they tell of processes that this server does not know',
  },
  { path: '/triggers', label: 'triggers', placed: true, why: 'two servers would act on the same event' },
  { path: '/webhooks', label: 'webhooks', placed: true, why: 'their secrets cannot be read' },
];
/** What no server tells. */
export const UNTOLD = [
  'passwords',
  'API keys',
  'devices and sessions',
  'private things of others',
  'the data of artifacts, which stays in its store',
];
