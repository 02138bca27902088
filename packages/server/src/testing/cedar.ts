// The access model a third time: the raw rows as Cedar policies and entities, decided by Cedar's own engine.
import { createRequire } from 'node:module';
import type { Asker } from './naive.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { rowById, rowsOf, type World } from './world.ts';

interface Uid {
  readonly type: string;
  readonly id: string;
}
interface Entity {
  readonly uid: Uid;
  readonly attrs: Values;
  readonly parents: readonly Uid[];
}
interface Engine {
  preparsePolicySet(id: string, policies: { staticPolicies: string }): { type: string };
  statefulIsAuthorized(
    call: unknown,
  ): { type: 'success'; response: { decision: 'allow' | 'deny'; diagnostics: { errors: unknown[] } } } | { type: 'failure'; errors: unknown };
}
const engine = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as Engine;

const ref = (type: string, id: string): string => `${type}::${JSON.stringify(id)}`;
const uid = (type: string, id: string): Uid => ({ type, id });
const action = (permission: string): Uid => uid('Action', permission);
const millis = (at: string): number => Date.parse(`${at.slice(0, 23)}Z`);

/** An assignment as a policy: who, which actions, where, until when. */
const policy = (world: World, row: Values): string => {
  const all = row['members_of'] ?? null;
  const who =
    all !== null
      ? `principal in ${ref('Everyone', all)}`
      : row['team_id'] === null
        ? `principal == ${ref('Account', row['user_id'])}`
        : `principal in ${ref('Team', row['team_id'])}`;
  const names = rowsOf(world, 'role_permission')
    .filter((entry) => entry['role_id'] === row['role_id'] && !(row['scope'] === 'resource' && entry['wide'] === 1))
    .map((entry) => entry['permission'] as string);
  const live = row['expires'] === null ? '' : ` && context.now < ${millis(row['expires'])}`;
  const rights = names.filter((name) => name !== 'me');
  const where =
    row['scope'] === 'server'
      ? 'resource in Server::"it"'
      : row['scope'] === 'project'
        ? `resource in ${ref('Project', row['project_id'])}`
        : `resource == ${ref('Thing', `${row['resource_type']} ${row['resource_id']}`)}`;
  const open = row['scope'] === 'resource' ? 'true' : '!resource.private';
  return [
    ...(rights.length === 0 ? [] : [`permit(${who}, action in [${rights.map((name) => ref('Action', name)).join(', ')}], ${where}) when { ${open}${live} };`]),
    ...(names.includes('me') && row['scope'] === 'server' ? [`permit(${who}, action in Action::"me", resource) when { resource.self == principal${live} };`] : []),
  ].join('\n');
};

const RULES = `
permit(principal, action, resource) when { resource.owner == principal && !(action in Action::"me") };
permit(principal, action in Action::"holder", resource) when { principal in resource.holder };
forbid(principal, action, resource) unless { principal.active };
forbid(principal, action, resource) when { context has limit && !(action in context.limit) && !(action in Action::"holder") };
`;

export interface Judge {
  readonly may: (who: Asker, type: string, action: string, row: Values) => boolean;
}

/** Rows that everybody may see who may read their kind somewhere. */
const CAME_WITH_SERVER: Readonly<Record<string, readonly [string, unknown]>> = {
  flavor: ['is_custom', 0],
  stack: ['name', 'default'],
  stack_component: ['name', 'default'],
};

/** Things that are their maker's while they belong to nothing. */
const LOOSE: Readonly<Record<string, { readonly judge: string; readonly columns: readonly string[] }>> = {
  logs: { judge: 'run', columns: ['pipeline_run_id', 'step_run_id'] },
  schedule: { judge: 'pipeline', columns: ['pipeline_id'] },
  pipeline_build: { judge: 'pipeline', columns: ['pipeline_id'] },
};

let prepared = 0;
const nobody = uid('Account', 'nobody');

/** Prepares a world for Cedar. */
export const cedarJudge = (world: World, resourceOf: (type: string) => Resource): Judge => {
  const id = `world ${(prepared += 1) % 4}`;
  const text =
    RULES +
    rowsOf(world, 'role_assignment')
      .map((row) => policy(world, row))
      .join('\n');
  const parsed = engine.preparsePolicySet(id, { staticPolicies: text });
  if (parsed.type !== 'success') throw new Error(`Cedar does not take the policies: ${JSON.stringify(parsed)}\n${text}`);

  const server = uid('Server', 'it');
  const inProject = (id: string) => ({
    attrs: { private: false, owner: { __entity: nobody }, self: { __entity: nobody }, holder: { __entity: nobody } },
    parents: [server, uid('Project', id)],
  });
  const teamsOf = (who: string): readonly string[] =>
    rowsOf(world, 'team_member')
      .filter((row) => row['account_id'] === who)
      .map((row) => row['team_id'] as string);
  /** Projects that an account may read, by Cedar's own word. */
  const projectsOf = (who: string): readonly string[] => {
    const plain: Entity = { uid: uid('Account', who), attrs: { active: true }, parents: teamsOf(who).map((team) => uid('Team', team)) };
    return rowsOf(world, 'project')
      .filter((project) => decide(plain, 'project:read', { uid: uid('Thing', `project ${project['id']}`), ...inProject(project['id']) }, actions('project:read')))
      .map((project) => project['id'] as string);
  };
  const account = (who: string): Entity => ({
    uid: uid('Account', who),
    attrs: { active: rowById(world, 'account', who)?.['status'] === 'active' },
    parents: [...teamsOf(who).map((id) => uid('Team', id)), uid('Everyone', 'server'), ...projectsOf(who).map((id) => uid('Everyone', id))],
  });
  const known = new Map<string, Entity>();
  const accountOf = (who: string): Entity => {
    const found = known.get(who) ?? account(who);
    known.set(who, found);
    return found;
  };
  /** What Cedar is told about a row; a thing that only its parents judge lies nowhere. */
  const thing = (resource: Resource, row: Values): Entity => {
    const { access } = resource;
    const project = row[access.project ?? 'project_id'] as string | null | undefined;
    const places = access.scope === 'parent' ? [] : [server, ...(access.scope === 'project' && project ? [uid('Project', project)] : [])];
    const entity = (who: unknown) => ({ __entity: typeof who === 'string' ? uid('Account', who) : nobody });
    return {
      uid: uid('Thing', `${resource.type} ${row['id']}`),
      parents: places,
      attrs: {
        private: row['private'] === 1 && resource.fields['private'] !== undefined,
        owner: entity(access.owner === null ? null : row[access.owner]),
        self: entity(access.self === undefined ? null : row[access.self]),
        holder: {
          __entity:
            resource.type === 'role_assignment' && (row['members_of'] ?? null) === null ? uid(row['team_id'] === null ? 'Account' : 'Team', row['principal_id']) : nobody,
        },
      },
    };
  };
  const actions = (permission: string): Entity[] => [{ uid: action(permission), attrs: {}, parents: [action(permission.endsWith(':read') ? 'read' : 'write')] }];

  const ask = (who: Asker, asked: string, entity: Entity, permission: Entity[]): boolean =>
    decide(accountOf(who.id), asked, entity, permission, who.limit === null ? {} : { limit: [...who.limit].map((name) => ({ __entity: action(name) })) });
  const decide = (who: Entity, asked: string, entity: Entity, permission: Entity[], context: Values = {}): boolean => {
    const answer = engine.statefulIsAuthorized({
      principal: who.uid,
      action: action(asked),
      resource: entity.uid,
      preparsedPolicySetId: id,
      entities: [who, entity, ...permission],
      context: { now: millis(world.now), ...context },
    });
    if (answer.type === 'failure' || answer.response.diagnostics.errors.length > 0) throw new Error(`Cedar could not decide: ${JSON.stringify(answer)}`);
    return answer.response.decision === 'allow';
  };

  const may = (who: Asker, type: string, verb: string, row: Values): boolean => {
    const resource = resourceOf(type);
    const { access } = resource;
    const permission = access.needs?.[verb] ?? `${type}:${verb}`;
    const entity = thing(resource, row);
    if (ask(who, permission, entity, actions(permission))) return true;
    if (access.self !== undefined && ['read', 'update'].includes(verb) && ask(who, 'me', entity, [])) return true;
    if (type === 'role_assignment') {
      const told = who.limit === null || who.limit.has('read') || who.limit.has('role_assignment:read');
      if (verb === 'read' && told && ask(who, 'holder', entity, [])) return true;
      if (row['scope'] === 'resource' && mayShare(who, row['resource_type'], row['resource_id'])) return true;
    }
    if (type === 'access_request') {
      const told = who.limit === null || who.limit.has('me');
      const asker: Entity = { ...entity, attrs: { ...entity.attrs, holder: { __entity: uid('Account', row['user_id']) } } };
      if (['read', 'delete'].includes(verb) && ((told && ask(who, 'holder', asker, [])) || mayShare(who, row['target_type'], row['target_id']))) return true;
    }
    if (type === 'artifact_version' && typeof row['private_run_id'] === 'string' && row['user_id'] !== null) {
      const own: Entity = { ...entity, attrs: { ...entity.attrs, owner: { __entity: uid('Account', row['user_id']) } } };
      if (ask(who, `artifact:${verb}`, own, actions(`artifact:${verb}`))) return true;
    }
    const loose = LOOSE[type];
    if (loose !== undefined && loose.columns.every((column) => row[column] === null) && row['user_id'] !== null) {
      const own: Entity = { ...entity, attrs: { ...entity.attrs, owner: { __entity: uid('Account', row['user_id']) } } };
      if (ask(who, `${loose.judge}:${verb}`, own, actions(`${loose.judge}:${verb}`))) return true;
    }
    const mark = CAME_WITH_SERVER[type];
    if (mark !== undefined && verb === 'read' && row['user_id'] === null && row[mark[0]] === mark[1]) {
      const anywhere: Entity = {
        ...entity,
        parents: [server, ...rowsOf(world, 'project').map((project) => uid('Project', project['id']))],
        attrs: { ...entity.attrs, private: false },
      };
      if (ask(who, permission, anywhere, actions(permission))) return true;
    }
    return (access.parents ?? []).some((parent) => {
      if (parent.unless_private === true && entity.attrs['private'] === true) return false;
      if (parent.unless_set !== undefined && typeof row[parent.unless_set] === 'string') return false;
      const above = rowById(world, resourceOf(parent.type).table, row[parent.by]);
      const kind = Object.entries(resourceOf(parent.type).only ?? {}).every(([name, value]) => above?.[name] === value);
      return above !== undefined && kind && may(who, parent.type, parent.needs?.[verb] ?? verb, above);
    });
  };
  const mayShare = (who: Asker, kind: string, id: unknown): boolean => {
    const target = kind === 'nothing' ? null : resourceOf(kind);
    const shared = target?.access.share === true ? rowById(world, target.table, id) : undefined;
    return target !== null && shared !== undefined && may(who, target.type, 'share', shared);
  };
  return { may };
};
