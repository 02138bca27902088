// docs/access-model.md read once more, over plain rows and with loops: slow, obvious, and sharing no code with the predicate.
// It knows of a resource only what its declaration says about access. It must never import the kernel's judgement.
import type { Resource, Values } from '../kernel/resource.ts';
import { rowById, rowsOf, type World } from './world.ts';

/** Who asks: an account, and what a limited token leaves of it. */
export interface Asker {
  readonly id: string;
  readonly limit: ReadonlySet<string> | null;
}
export interface Model {
  readonly world: World;
  readonly resource: (type: string) => Resource;
  /** Whether there are things of this type at all. */
  readonly has: (type: string) => boolean;
}

const has = (permissions: ReadonlySet<string>, permission: string): boolean => {
  if (permissions.has(permission)) return true;
  return permission.endsWith(':read') ? permissions.has('read') : permissions.has('write');
};
const withinToken = (who: Asker, permission: string): boolean => who.limit === null || has(who.limit, permission);

export const isActive = (world: World, id: string): boolean => rowById(world, 'account', id)?.['status'] === 'active';

/** The account itself and its teams. */
const principals = (world: World, id: string): readonly string[] => [
  id,
  ...rowsOf(world, 'team_member')
    .filter((row) => row['account_id'] === id)
    .map((row) => row['team_id'] as string),
];

/** What a role allows; on one thing without what counts only at the server and in projects. */
const rolePermissions = (world: World, role_id: string, on_thing = false): ReadonlySet<string> =>
  new Set(
    rowsOf(world, 'role_permission')
      .filter((row) => row['role_id'] === role_id && !(on_thing && row['wide'] === 1))
      .map((row) => row['permission'] as string),
  );

/** The assignments that count now for an account: its own and its teams', unless they have expired. */
const assignments = (world: World, id: string): readonly Values[] => {
  const mine = principals(world, id);
  return rowsOf(world, 'role_assignment').filter((row) => mine.includes(row['principal_id']) && (row['expires'] === null || row['expires'] > world.now));
};

/** Is this assignment for everybody at once, and the account one of them: of all on the server, or of those who may read the project? */
const forAll = (world: World, id: string, row: Values): boolean => {
  if (row['members_of'] === undefined || row['members_of'] === null) return false;
  if (row['members_of'] === 'server') return true;
  return assignments(world, id).some(
    (a) => (a['scope'] === 'server' || (a['scope'] === 'project' && a['project_id'] === row['members_of'])) && has(rolePermissions(world, a['role_id']), 'project:read'),
  );
};

/** Is there an assignment on this very thing, to the account, its teams or everybody, whose role contains the permission there? */
const grantedOn = (world: World, who: Asker, permission: string, type: string, id: unknown): boolean =>
  rowsOf(world, 'role_assignment').some(
    (row) =>
      row['scope'] === 'resource' &&
      row['resource_type'] === type &&
      row['resource_id'] === id &&
      (row['expires'] === null || row['expires'] > world.now) &&
      (principals(world, who.id).includes(row['principal_id']) || forAll(world, who.id, row)) &&
      has(rolePermissions(world, row['role_id'], true), permission),
  );

/** Is there an assignment of this kind whose role contains the permission? */
const granted = (world: World, who: Asker, permission: string, where: (assignment: Values) => boolean): boolean =>
  assignments(world, who.id).some((row) => where(row) && has(rolePermissions(world, row['role_id']), permission));

export const permissionOf = (resource: Resource, action: string): string => resource.access.needs?.[action] ?? `${resource.type}:${action}`;

/** What came with the server is shown to everybody who may read its kind anywhere, be it in one project only. */
const cameWithServer =
  (column: string, value: unknown): Further =>
  (model, who, resource, action, row) => {
    const permission = `${resource.type}:read`;
    return (
      action === 'read' &&
      row['user_id'] === null &&
      row[column] === value &&
      withinToken(who, permission) &&
      granted(model.world, who, permission, (a) => a['scope'] !== 'resource')
    );
  };
/** What belongs to nothing yet is its maker's, as far as his token goes. */
const ownWithout =
  (judge: string, ...columns: readonly string[]): Further =>
  (_model, who, _resource, action, row) =>
    row['user_id'] === who.id && columns.every((column) => row[column] === null) && withinToken(who, `${judge}:${action}`);
type Further = (model: Model, who: Asker, resource: Resource, action: string, row: Values) => boolean;
/** What the access model leaves to a resource itself, read again here. One without an entry makes the suites fail. */
const FURTHER: Readonly<Record<string, Further>> = {
  logs: ownWithout('run', 'pipeline_run_id', 'step_run_id'),
  pipeline_build: ownWithout('pipeline', 'pipeline_id'),
  schedule: ownWithout('pipeline', 'pipeline_id'),
  // What a private run wrote is its maker's, whatever became of the run.
  artifact_version: (_model, who, _resource, action, row) =>
    typeof row['private_run_id'] === 'string' && row['user_id'] === who.id && withinToken(who, `artifact:${action}`),
  // A request for access is seen by whoever asked and by whoever may share what is asked for.
  access_request: (model, who, _resource, action, row) => {
    if (action !== 'read' && action !== 'delete') return false;
    if (row['user_id'] === who.id && (who.limit === null || who.limit.has('me'))) return true;
    return mayShare(model, who, row['target_type'], row['target_id']);
  },
  flavor: cameWithServer('is_custom', 0),
  stack: cameWithServer('name', 'default'),
  stack_component: cameWithServer('name', 'default'),
  // Everybody knows his own assignments, unless his token leaves them out; one on a thing is the business of whoever may share the thing.
  role_assignment: (model, who, _resource, action, row) => {
    if (action === 'read' && withinToken(who, 'role_assignment:read') && principals(model.world, who.id).includes(row['principal_id'])) return true;
    return row['scope'] === 'resource' && mayShare(model, who, row['resource_type'], row['resource_id']);
  },
};
/** May this account share the thing with this type and id, if there is one? */
const mayShare = (model: Model, who: Asker, type: string, id: unknown): boolean => {
  if (!model.has(type)) return false;
  const target = model.resource(type);
  const thing = rowById(model.world, target.table, id);
  return thing !== undefined && target.access.share && mayDo(model, who, target.type, 'share', thing);
};
const further = (model: Model, who: Asker, resource: Resource, action: string, row: Values): boolean => {
  if (resource.access.also === undefined) return false;
  const rule = FURTHER[resource.type];
  if (rule === undefined) throw new Error(`${resource.type} has a rule of its own (access.also): read it again in testing/naive.ts`);
  return rule(model, who, resource, action, row);
};

/** May this account do that with this row? */
export const mayDo = (model: Model, who: Asker, type: string, action: string, row: Values): boolean => {
  const { world } = model;
  if (!isActive(world, who.id)) return false;
  const resource = model.resource(type);
  const { access } = resource;
  const permission = permissionOf(resource, action);
  const secret = resource.fields['private'] !== undefined && row['private'] === 1;

  if (access.owner !== null && row[access.owner] === who.id && withinToken(who, permission)) return true;

  if (access.scope !== 'parent' && withinToken(who, permission)) {
    if (access.share && grantedOn(world, who, permission, type, row['id'])) return true;
    if (!secret && granted(world, who, permission, (a) => a['scope'] === 'server')) return true;
    const project = row[access.project ?? 'project_id'];
    if (!secret && access.scope === 'project' && granted(world, who, permission, (a) => a['scope'] === 'project' && a['project_id'] === project)) return true;
  }

  const itself = access.self !== undefined && row[access.self] === who.id && (action === 'read' || action === 'update');
  const me =
    assignments(world, who.id).some((a) => a['scope'] === 'server' && rolePermissions(world, a['role_id']).has('me')) && (who.limit === null || who.limit.has('me'));
  if (itself && me) return true;

  if (further(model, who, resource, action, row)) return true;

  return (access.parents ?? []).some((parent) => {
    if (parent.unless_private === true && secret) return false;
    if (parent.unless_set !== undefined && typeof row[parent.unless_set] === 'string') return false;
    const above = rowById(world, model.resource(parent.type).table, row[parent.by]);
    const kind = Object.entries(model.resource(parent.type).only ?? {}).every(([name, value]) => above?.[name] === value);
    return above !== undefined && kind && mayDo(model, who, parent.type, parent.needs?.[action] ?? action, above);
  });
};

/** Does this account hold a permission at the server or, where one is named, in that project? */
export const holdsThere = (model: Model, who: Asker, permission: string, project_id: string | null): boolean =>
  isActive(model.world, who.id) &&
  withinToken(who, permission) &&
  granted(model.world, who, permission, (a) => a['scope'] === 'server' || (a['scope'] === 'project' && project_id !== null && a['project_id'] === project_id));

/** May this account create a thing of a type, in this project, under these parents? */
export const mayCreate = (model: Model, who: Asker, type: string, given: Values): boolean => {
  const resource = model.resource(type);
  if (!isActive(model.world, who.id)) return false;
  if (resource.access.scope !== 'parent')
    return holdsThere(model, who, permissionOf(resource, 'create'), resource.access.scope === 'project' ? (given['project_id'] ?? null) : null);
  // The first parent that is named decides; where none is, a borrowed permission may stand in.
  const parent = (resource.access.parents ?? []).find((one) => typeof given[one.by] === 'string');
  if (parent !== undefined) {
    const above = rowById(model.world, model.resource(parent.type).table, given[parent.by]);
    return above !== undefined && mayDo(model, who, parent.type, parent.needs?.['create'] ?? 'update', above);
  }
  if ((resource.access.parents ?? []).length === 0) return resource.access.owner !== null;
  return resource.access.needs?.['create'] !== undefined && holdsThere(model, who, resource.access.needs['create'], given['project_id'] ?? null);
};
