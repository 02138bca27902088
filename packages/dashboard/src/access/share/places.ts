import { seg } from '../../api.ts';

const global: Readonly<Record<string, string>> = {
  stack: 'stacks',
  flavor: 'flavors',
  secret: 'secrets',
  service_connector: 'connectors',
};
const inProject: Readonly<Record<string, string>> = {
  pipeline: 'pipelines',
  run: 'runs',
  artifact: 'artifacts',
  model: 'models',
  code_repository: 'repositories',
  trigger: 'triggers',
};

/** Where a thing is shown; null for what has no page of its own, or lies in a project that one does not know. */
export const placeOf = (thing: {
  readonly type: string;
  readonly id: string;
  readonly project?: string | null | undefined;
}): string | null => {
  const own = global[thing.type];
  if (own) return `/${own}/${seg(thing.id)}`;
  const inside = inProject[thing.type];
  return inside && thing.project ? `/projects/${seg(thing.project)}/${inside}/${seg(thing.id)}` : null;
};

const words: Readonly<Record<string, string>> = {
  stack_component: 'component',
  service_connector: 'connector',
  code_repository: 'repository',
};
/** What people call a thing of a type. */
export const kindOf = (type: string): string => words[type] ?? type.replaceAll('_', ' ');
