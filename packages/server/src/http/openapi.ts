// Knows: how the routes read as an OpenAPI 3.1 document. Must not know: any resource by name.
import type { TSchema } from 'typebox';
import { filtersOf } from '../kernel/query.ts';
import type { Registry } from '../kernel/registry.ts';
import { envelopeSchema, pageSchema } from '../kernel/schemas.ts';
import { inputSchemas } from '../kernel/validate.ts';
import { permissionFor } from '../kernel/visible.ts';
import { VERSION } from '../services/version.ts';
import { PREFIX, routesOf, type Route } from './mount.ts';

type Json = Record<string, unknown>;
const json = (schema: unknown): Json => ({ 'application/json': { schema } });
const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Turns the kernel's references by type into references of the document. */
const resolve = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(resolve);
  if (schema === null || typeof schema !== 'object') return schema;
  const { $ref, ...rest } = schema as Json;
  if (typeof $ref === 'string') return reference($ref);
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, resolve(value)]));
};

const parameter = (name: string, where: 'path' | 'query', schema: unknown): Json => ({ name, in: where, required: where === 'path', schema });
const LIST = ['page', 'size', 'sort_by', 'logical_operator', 'hydrate'] as const;
const KINDS: Readonly<Record<(typeof LIST)[number], Json>> = {
  page: { type: 'integer', minimum: 1, default: 1 },
  size: { type: 'integer', minimum: 1, maximum: 10_000, default: 20 },
  sort_by: { type: 'string', default: 'created' },
  logical_operator: { enum: ['and', 'or'], default: 'and' },
  hydrate: { type: 'boolean' },
};

/** What changes how things are shown, not which. */
const flags = (route: Route): Json[] => (route.resource?.flags ?? []).map((name) => parameter(name, 'query', {}));

const parameters = (route: Route): Json[] => {
  const path = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name!, 'path', { type: 'string' }));
  if (route.verb === 'list') {
    // Clients name a project also where things lie in none.
    const project = [...(route.resource!.fields['project_id'] === undefined ? [] : ['project']), 'project_name_or_id'].map((name) =>
      parameter(name, 'query', { type: 'string' }),
    );
    if (route.resource!.access.owner !== null || route.resource!.fields['user_id'] !== undefined) project.push(parameter('scope_user', 'query', { type: 'string' }));
    return [
      ...path,
      ...flags(route),
      ...LIST.map((name) => parameter(name, 'query', KINDS[name])),
      ...project,
      ...Object.keys(filtersOf(route.resource!)).map((name) => parameter(name, 'query', { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] })),
    ];
  }
  if (route.verb === 'get') return [...path, ...flags(route), parameter('hydrate', 'query', { type: 'boolean', default: true })];
  const query = (route.operation?.query as { properties?: Json } | undefined)?.properties ?? route.resource?.inputs?.remove;
  return [
    ...path,
    ...(route.verb === 'remove' || route.operation !== undefined ? Object.entries(query ?? {}).map(([name, schema]) => parameter(name, 'query', resolve(schema))) : []),
  ];
};

const body = (registry: Registry, route: Route): TSchema | undefined =>
  route.operation !== undefined
    ? route.operation.input
    : route.verb === 'create' || route.verb === 'update'
      ? inputSchemas({ registry }, route.resource!)[route.verb]
      : undefined;

const answer = (route: Route): unknown => {
  if (route.verb === 'list') return reference(`${route.resource!.type}_page`);
  if (route.verb === 'remove') return { type: 'null' };
  return route.verb === undefined ? {} : reference(route.resource!.type);
};

const need = (route: Route): string => {
  const { needs } = route;
  if ('open' in needs) return 'open';
  if ('signed_in' in needs) return 'signed in';
  return 'permission' in needs ? needs.permission : permissionFor(route.resource!, 'create' in needs ? 'create' : needs.row);
};

const operationOf = (registry: Registry, route: Route): Json => {
  const schema = body(registry, route);
  const kind = route.operation?.form === true ? 'application/x-www-form-urlencoded' : 'application/json';
  const open = 'open' in route.needs;
  const { alias } = route;
  return {
    operationId: `${alias === undefined ? '' : `${alias.replaceAll(/\W+/g, '_')}_`}${route.resource?.type ?? 'server'}_${route.verb ?? route.operation!.name}`,
    summary: route.operation?.description ?? `${route.verb} ${route.resource!.label}`,
    tags: [route.resource?.type ?? 'server'],
    'x-needs': need(route),
    ...(open ? { security: [] } : {}),
    ...(alias === undefined ? {} : { deprecated: true }),
    parameters: parameters(route),
    ...(schema === undefined ? {} : { requestBody: { required: true, content: { [kind]: { schema: resolve(schema) } } } }),
    responses: {
      200: { description: 'Done', content: json(answer(route)) },
      ...(open
        ? {}
        : {
            401: { description: 'Not signed in', content: json(reference('error')) },
            403: { description: 'Not allowed; `needs` names the permission', content: json(reference('error')) },
          }),
      404: { description: 'Not there, or not to be seen', content: json(reference('error')) },
      422: { description: 'The input has the wrong form', content: json(reference('error')) },
    },
  };
};

/** The interface of a server with this registry, as an OpenAPI 3.1 document. The same registry gives the same text. */
export const openApiOf = (registry: Registry): Json => {
  const paths: Record<string, Json> = {};
  for (const route of routesOf(registry)) paths[PREFIX + route.path] = { ...paths[PREFIX + route.path], [route.method.toLowerCase()]: operationOf(registry, route) };
  const schemas = Object.fromEntries(
    registry.resources.flatMap((resource) => [
      [resource.type, resolve(envelopeSchema(resource))],
      [`${resource.type}_page`, resolve(pageSchema(resource.type))],
    ]),
  );
  const error = {
    type: 'object',
    required: ['detail'],
    properties: {
      detail: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      needs: { type: 'string' },
      fields: { type: 'object', additionalProperties: { type: 'string' } },
    },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Zendo', version: VERSION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ bearer: [] }, { cookie: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { ...schemas, error },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: 'zendo_session' } },
    },
  };
};

/** What clients build their lists and commands from: the resources, their fields, filters and actions. */
export const manifestOf = (registry: Registry): Json => ({
  version: VERSION,
  permissions: registry.permissions.map((permission) => permission.name),
  resources: registry.resources
    .filter((resource) => resource.path !== null)
    .map((resource) => ({
      type: resource.type,
      path: resource.path,
      label: resource.label,
      group: resource.group,
      by_name: resource.by_name === true,
      scope: resource.access.scope,
      show: resource.show,
      actions: registry.offered(resource),
      verbs: ['list', 'get', 'create', 'update', 'remove'].filter((verb) => !(resource.without ?? []).includes(verb as 'list')),
      fields: Object.fromEntries(
        Object.entries(resource.fields)
          .filter(([, field]) => field.tier !== 'hidden')
          .map(([name, field]) => [name, { kind: field.kind, tier: field.tier, nullable: field.nullable }]),
      ),
      filters: Object.keys(filtersOf(resource)),
    })),
});
