// What a create sends, for every resource that has one. Made from the declaration; a hint stands here where hooks want more.
import { newId } from '../kernel/context.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { inputName, inputSchema } from '../kernel/schemas.ts';
import { unusedName } from './rows.ts';
import { sample } from './sample.ts';

/** The id of something that exists, by type. */
export type Existing = (type: string) => string;

const HINTS: Readonly<Record<string, (existing: Existing) => Values>> = {
  artifact_version: () => ({ artifact_name: unusedName('artifact') }),
  step: () => ({ name: 'only' }),
  role: () => ({ permissions: ['read', 'me'] }),
  role_assignment: (existing) => ({ role: 'guest', user: existing('user'), name: undefined }),
  stack_component: () => ({ type: 'orchestrator', flavor: 'local' }),
  // Those that came with the server.
  stack: (existing) => ({ components: { orchestrator: [existing('stack_component orchestrator')], artifact_store: [existing('stack_component artifact_store')] } }),
  deployment: (existing) => ({ deployer_id: existing('stack_component deployer') }),
  service: () => ({ config: { model: unusedName('served') } }),
  run_wait_condition: (existing) => ({ run: existing('dynamic run') }),
  curated_visualization: (existing) => ({ resource_type: 'pipeline', resource_id: existing('pipeline') }),
  service_connector: () => ({
    connector_type: 'docker',
    auth_method: 'password',
    resource_types: [],
    expiration_seconds: null,
    configuration: { username: 'u', password: 'p' },
  }),
  access_request: () => ({ type: 'pipeline', id: newId(), level: 'view' }),
  trigger: () => ({ cron_expression: '0 3 * * *' }),
  invitation: () => ({ name: unusedName('invited') }),
  // One of no pipeline is its maker's alone, and the audit log does not tell what it holds.
  schedule: (existing) => ({ pipeline_id: existing('pipeline') }),
};

/** A body that creates a thing in the default project, pointing to what exists. */
export const bodyFor = (resource: Resource, operation: { readonly input?: unknown } | undefined, existing: Existing): Values => {
  const schema = operation?.input ?? inputSchema(resource, 'create', () => true);
  const body = sample(schema) as Values;
  for (const [column, field] of Object.entries(resource.fields)) {
    const name = inputName(column, field);
    if (!(name in body)) continue;
    if (column === 'project_id') body[name] = 'default';
    else if (field.tier === 'top') body[name] = unusedName(resource.type);
    else if (field.ref !== undefined) body[name] = existing(field.ref);
  }
  const whole: Values = { ...body, ...HINTS[resource.type]?.(existing) };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
};

/** A change that every resource with an update can take: its name, or the first text that may change; null where there is none. */
export const changeFor = (resource: Resource): readonly [string, string] | null => {
  const entry =
    Object.entries(resource.fields).find(([, field]) => field.update && field.tier === 'top') ??
    Object.entries(resource.fields).find(
      ([, field]) => field.update && field.kind === 'text' && field.values === undefined && field.value === undefined && field.needs === undefined,
    );
  return entry === undefined ? null : [inputName(entry[0], entry[1]), unusedName('changed')];
};

/** The route by which a thing is created: its own verb, or an operation in its place. */
export const createRoute = <R extends { readonly method: string; readonly path: string }>(routes: readonly R[], resource: Resource): R | undefined =>
  routes.find((route) => route.method === 'POST' && route.path === `/${resource.path}`);
