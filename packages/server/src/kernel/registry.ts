// Knows: all declared resources and operations, and whether they fit together. Must not know: any of them by name.
import { MACROS } from './actor.ts';
import type { Operation, Resource } from './resource.ts';

export interface Permission {
  readonly name: string;
  readonly macro: boolean;
  readonly type: string | null;
  readonly action: string | null;
  readonly group: string;
}
export interface Registry {
  readonly resources: readonly Resource[];
  readonly operations: readonly Operation[];
  /** The resource of this type. Throws on a type that nobody declared. */
  readonly get: (type: string) => Resource;
  readonly has: (type: string) => boolean;
  /** Actions that something can be asked for: a verb of the resource, or an operation that needs it. */
  readonly offered: (resource: Resource) => readonly string[];
  /** Every permission there is: the macros, then `type:action` of each resource that roles count for. */
  readonly permissions: readonly Permission[];
}

const STANDARD = ['read', 'create', 'update', 'delete'];

/** Permissions that a resource answers to itself; those it borrows from another are listed there. */
const permissionsOf = (resource: Resource, operations: readonly Operation[]): Permission[] => {
  if (resource.access.scope === 'parent') return [];
  const own = resource.actions.filter((action) => resource.access.needs?.[action] === undefined && !excluded(resource, action, operations));
  const ordered = [...STANDARD.filter((a) => own.includes(a)), ...own.filter((a) => !STANDARD.includes(a))];
  return ordered.map((action) => ({ name: `${resource.type}:${action}`, macro: false, type: resource.type, action, group: resource.group }));
};

const VERB_OF: Readonly<Record<string, string>> = { create: 'create', update: 'update', delete: 'remove' };
/** An action without a verb cannot be granted, unless an operation asks for it. */
const excluded = (resource: Resource, action: string, operations: readonly Operation[]): boolean =>
  resource.path === null ||
  (!(action === 'create' && operations.some((operation) => operation.resource?.type === resource.type && 'create' in operation.needs)) &&
    (resource.without ?? []).some((verb) => verb === VERB_OF[action] && !(resource.access.actions ?? []).includes(action)));

/** The problems of a set of declarations, as sentences; empty when they fit together. */
const problems = (resources: readonly Resource[], operations: readonly Operation[], known: ReadonlySet<string>): string[] => {
  const types = new Map(resources.map((resource) => [resource.type, resource]));
  const missing = (where: string, type: string) => (types.has(type) ? [] : [`${where} names the resource '${type}', which nobody declares`]);
  const of = (resource: Resource): string[] => [
    ...Object.entries(resource.fields).flatMap(([name, field]) => (field.ref === undefined ? [] : missing(`${resource.type}.${name}`, field.ref))),
    ...Object.entries(resource.relations ?? {}).flatMap(([name, relation]) => (relation.kind === 'derived' ? [] : missing(`${resource.type}.${name}`, relation.type))),
    ...(resource.access.parents ?? []).flatMap((parent) => missing(`the access of ${resource.type}`, parent.type)),
    ...Object.values(resource.access.needs ?? {}).flatMap((need) => (known.has(need) ? [] : [`the access of ${resource.type} asks for '${need}', which does not exist`])),
    ...(resource.access.scope === 'parent' && (resource.access.parents ?? []).length === 0 && resource.access.owner === null && resource.access.also === undefined
      ? [`${resource.type} is judged by nothing`]
      : []),
  ];
  const ofOperation = (operation: Operation): string[] => {
    const where = `${operation.method} ${operation.path}`;
    const need = operation.needs;
    if (need === undefined) return [`${where} does not declare who may call it`];
    if ('permission' in need) return known.has(need.permission) ? [] : [`${where} asks for '${need.permission}', which does not exist`];
    if ('row' in need) return operation.resource?.actions.includes(need.row) ? [] : [`${where} asks for '${need.row}' on a row, which is no action of it`];
    if ('create' in need) return operation.resource === undefined ? [`${where} creates nothing`] : [];
    return [];
  };
  const routes = operations.map((operation) => `${operation.method} ${operation.path.replace(/\{\w+\}/g, '{}')}`);
  return [
    ...resources.flatMap(of),
    ...operations.flatMap(ofOperation),
    ...routes.filter((route, i) => routes.indexOf(route) !== i).map((route) => `${route} is declared twice`),
    ...resources.filter((r, i) => resources.findIndex((other) => other.type === r.type) !== i).map((r) => `${r.type} is declared twice`),
  ];
};

const refusal = (found: readonly string[]): Error => new Error(`The declarations do not fit together:\n- ${found.join('\n- ')}`);

/**
 * Collects declarations. `extra` are permissions of things that are no rows, such as `settings:manage`.
 * Throws, naming every problem, when something is declared that cannot work: the server then refuses to start.
 */
export const createRegistry = (resources: readonly Resource[], operations: readonly Operation[], extra: readonly Permission[] = []): Registry => {
  const silent = resources.filter((resource) => resource.access === undefined).map((resource) => `${resource.type} does not declare its access`);
  if (silent.length > 0) throw refusal(silent);
  const permissions: Permission[] = [
    ...MACROS.map((name) => ({ name, macro: true, type: null, action: null, group: 'macro' })),
    ...resources.flatMap((resource) => permissionsOf(resource, operations)),
    ...extra,
  ];
  const found = problems(resources, operations, new Set(permissions.map((permission) => permission.name)));
  if (found.length > 0) throw refusal(found);
  const types = new Map(resources.map((resource) => [resource.type, resource]));
  const get = (type: string): Resource => {
    const resource = types.get(type);
    if (resource === undefined) throw new Error(`No resource of type '${type}'`);
    return resource;
  };
  const offers = new Map(
    resources.map((resource) => [
      resource.type,
      resource.actions.filter(
        (action) =>
          (resource.access.actions ?? []).includes(action) ||
          action === 'share' ||
          action === 'read' ||
          !(resource.without ?? []).some((verb) => verb === VERB_OF[action]) ||
          operations.some((operation) => operation.resource?.type === resource.type && 'row' in operation.needs && operation.needs.row === action),
      ),
    ]),
  );
  return { resources, operations, permissions, get, has: (type) => types.has(type), offered: (resource) => offers.get(resource.type) ?? [] };
};
