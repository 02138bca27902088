import type { Client, Page } from '@zendo/client';
import { CliError, exit, usage } from './faults.ts';

/** What can be shared: its type, where the lists of it are, and the words that people use for it. */
const kinds: readonly { readonly type: string; readonly path: string; readonly also?: readonly string[] }[] = [
  { type: 'stack', path: '/stacks' },
  { type: 'stack_component', path: '/components', also: ['component'] },
  { type: 'flavor', path: '/flavors' },
  { type: 'secret', path: '/secrets' },
  { type: 'service_connector', path: '/service_connectors', also: ['connector'] },
  { type: 'pipeline', path: '/pipelines' },
  { type: 'run', path: '/runs', also: ['pipeline_run'] },
  { type: 'artifact', path: '/artifacts' },
  { type: 'model', path: '/models' },
  { type: 'code_repository', path: '/code_repositories', also: ['repository'] },
  { type: 'deployment', path: '/deployments' },
  { type: 'service', path: '/services' },
  { type: 'trigger', path: '/triggers' },
  { type: 'webhook', path: '/webhooks' },
  { type: 'tag', path: '/tags' },
];
const componentTypes = [
  'orchestrator',
  'artifact_store',
  'container_registry',
  'step_operator',
  'model_deployer',
  'experiment_tracker',
  'alerter',
  'annotator',
  'data_validator',
  'feature_store',
  'image_builder',
  'model_registry',
  'log_store',
  'deployer',
  'sandbox',
];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export type Thing = { readonly type: string; readonly id: string; readonly name: string };

/** The thing behind TYPE/NAME (or TYPE/ID). Errors: usage, not found, several of one name. */
export const findThing = async (api: Client, text: string, project?: string): Promise<Thing> => {
  const at = text.indexOf('/');
  const [word, name] = [text.slice(0, at).replaceAll('-', '_'), text.slice(at + 1)];
  if (at < 1 || !name) throw usage(`${text}: write it as TYPE/NAME, e.g. stack/prod`);
  const component = componentTypes.includes(word);
  const kind = kinds.find(
    ({ type, also }) => type === word || also?.includes(word) || (component && type === 'stack_component'),
  );
  if (!kind)
    throw usage(
      `${word}: nothing of this type can be shared`,
      `It is one of ${kinds.map(({ type, also }) => also?.[0] ?? type).join(', ')}.`,
    );
  if (uuid.test(name)) return { type: kind.type, id: name, name };
  const query = { name, size: 2, ...(component ? { type: word } : {}), ...(project ? { project } : {}) };
  const found = await api.get<Page<{ readonly id: string }>>(kind.path, query);
  const [first, second] = found.items;
  if (!first)
    throw new CliError(`there is no ${word.replaceAll('_', ' ')} '${name}', or you may not see it`, exit.notFound);
  if (second)
    throw new CliError(`there are several of the name '${name}'`, exit.conflict, [
      'Name one by its id, a component by its type: artifact-store/NAME.',
    ]);
  return { type: kind.type, id: first.id, name };
};
