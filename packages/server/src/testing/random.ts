// Random worlds: people, teams, roles, assignments, projects, and things of every declared resource.
import fc from 'fast-check';
import { newId } from '../kernel/context.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { FUTURE, inOrder, makeRow, NOW, PAST, type Pick } from './rows.ts';
import type { World } from './world.ts';

/** Tables that are filled by hand below, because access follows from them. */
const PEOPLE = ['account', 'team', 'role', 'role_assignment', 'project'];
/** What the first thing of a type looks like where such a row is judged by a rule of its own. */
const FIRST: Readonly<Record<string, Values>> = {
  flavor: { user_id: null, is_custom: 0, private: 0 },
  stack: { user_id: null, name: 'default', private: 0 },
  stack_component: { user_id: null, name: 'default', private: 0 },
};
/** Tables whose ids are now and then used a second time. */
const SHARED = ['stack', 'stack_component', 'flavor', 'pipeline', 'pipeline_run', 'model', 'artifact', 'tag'];
const EXPIRIES = [null, null, null, null, FUTURE, FUTURE, PAST, NOW] as const;
const STATUSES = ['active', 'active', 'active', 'active', 'inactive', 'pending'] as const;

type Draw = <T>(from: readonly T[]) => T;
interface Made {
  readonly rows: Map<string, Values[]>;
  readonly draw: Draw;
  readonly registry: Registry;
}

const add = (made: Made, resource: Resource, given: Values, pick?: Pick): Values => {
  const row = makeRow(resource, given, pick);
  const there = made.rows.get(resource.table) ?? [];
  const twice = (resource.unique ?? []).some((columns) =>
    there.some((other) => columns.every((column) => row[column] !== null && row[column] !== undefined && other[column] === row[column])),
  );
  if (twice) throw new Error(`There is a ${resource.type} like this already`);
  made.rows.set(resource.table, [...(made.rows.get(resource.table) ?? []), row]);
  return row;
};
const link = (made: Made, table: string, row: Values): void => {
  made.rows.set(table, [...(made.rows.get(table) ?? []), row]);
};

const people = (made: Made): void => {
  const { draw, registry } = made;
  for (let i = 0; i < 3; i++) add(made, registry.get('project'), {});
  for (let i = 0; i < 6; i++) add(made, registry.get('user'), { status: i === 0 ? 'active' : draw(STATUSES) });
  for (let i = 0; i < 2; i++) add(made, registry.get('service_account'), { status: draw(STATUSES) });
  for (let i = 0; i < 3; i++) add(made, registry.get('team'), {});
  for (const team of made.rows.get('team')!)
    for (const account of made.rows.get('account')!) {
      if (draw([true, false, false])) link(made, 'team_member', { team_id: team['id'], account_id: account['id'], created: PAST, added_by: null });
    }
};

const roles = (made: Made): void => {
  const { draw, registry } = made;
  const fine = registry.permissions.filter((permission) => !permission.macro).map((permission) => permission.name);
  for (let i = 0; i < 5; i++) {
    const row = add(made, registry.get('role'), {});
    const macros = ['read', 'write', 'me'].filter((macro) => draw(macro === 'write' ? [true, false, false] : [true, false]));
    const some = Array.from({ length: draw([3, 12, 40]) }, () => draw(fine));
    for (const permission of new Set([...macros, ...some])) link(made, 'role_permission', { role_id: row['id'], permission, wide: draw([0, 0, 0, 1]) });
  }
};

/** What a request asks for: mostly something that is there, sometimes nothing. */
const targetOf = ({ draw, registry, rows }: Made): Values => {
  const target = draw(registry.resources.filter((resource) => resource.access.share));
  const there = (rows.get(target.table) ?? []).map((row) => row['id'] as string);
  return { target_type: target.type, target_id: there.length > 0 && draw([true, true, true, false]) ? draw(there) : newId() };
};

/** Three or four things of every other resource, pointing to what is there, in its own project where it lies in one. */
const things = (made: Made): void => {
  const { draw, registry, rows } = made;
  for (const resource of inOrder(registry)) {
    if (PEOPLE.includes(resource.table)) continue;
    for (let i = 0, end = draw([2, 3, 4]); i < end; i++) {
      const project = draw(rows.get('project')!)['id'] as string;
      const pick: Pick = (type, column) => {
        const target = registry.get(type);
        if (type === 'project') return project;
        const all = (rows.get(target.table) ?? []).filter((row) => Object.entries(target.only ?? {}).every(([name, value]) => row[name] === value));
        const near = all.filter(
          (row) => row['project_id'] === undefined || row['project_id'] === null || resource.fields['project_id'] === undefined || row['project_id'] === project,
        );
        const nullable = resource.fields[column]?.nullable === true;
        if (near.length === 0 || (nullable && column !== resource.access.owner && draw([true, false, false]))) return null;
        return draw(near)['id'] as string;
      };
      const secret = resource.fields['private'] === undefined ? {} : { private: draw([0, 0, 1]) };
      try {
        // Now and then two things of different types have the same id: nothing may open one for the other.
        const same = draw([true, false, false, false])
          ? {
              id: draw(
                SHARED.flatMap((table) => rows.get(table) ?? [])
                  .map((row) => row['id'] as string)
                  .concat(newId()),
              ),
            }
          : {};
        if (same.id !== undefined && (rows.get(resource.table) ?? []).some((row) => row['id'] === same.id)) continue;
        const about =
          resource.type === 'access_request'
            ? targetOf(made)
            : resource.type === 'artifact_version' && draw([true, false, false])
              ? { private_run_id: pick('run', 'pipeline_run_id') }
              : {};
        add(made, resource, { ...same, ...about, created: draw([PAST, NOW]), ...secret, ...(i === 0 ? FIRST[resource.type] : {}) }, pick);
      } catch {
        /* nothing in this project to point to, or there already: one thing less */
      }
    }
  }
};

const assignments = (made: Made): void => {
  const { draw, registry, rows } = made;
  const shareable = registry.resources.filter((resource) => resource.access.share && (rows.get(resource.table) ?? []).length > 0);
  const seen = new Set<string>();
  for (let i = draw([12, 20, 30]); i > 0; i--) {
    const scope = draw(shareable.length > 0 ? ['server', 'project', 'project', 'resource', 'resource'] : ['server', 'project']);
    const members_of = scope === 'resource' && draw([true, false, false]) ? draw(['server', ...rows.get('project')!.map((row) => row['id'] as string)]) : null;
    const team = members_of === null && draw([true, false, false]) ? draw(rows.get('team')!)['id'] : null;
    const user = members_of === null && team === null ? draw(rows.get('account')!)['id'] : null;
    const target = scope === 'resource' ? draw(shareable) : null;
    const project_id = scope === 'project' ? draw(rows.get('project')!)['id'] : null;
    const candidates = target === null ? [] : rows.get(target.table)!;
    const twins = candidates.filter((row) =>
      shareable.some((other) => other.table !== target!.table && rows.get(other.table)!.some((there) => there['id'] === row['id'])),
    );
    const resource_id = target === null ? null : draw(twins.length > 0 && draw([true, false]) ? twins : candidates)['id'];
    const role_id = draw(rows.get('role')!)['id'];
    const scope_key = `${scope} ${project_id ?? resource_id ?? ''}`;
    const key = [members_of ?? team ?? user, role_id, scope_key].join();
    if (seen.has(key)) continue;
    seen.add(key);
    link(
      made,
      'role_assignment',
      makeRow(registry.get('role_assignment'), {
        role_id,
        user_id: user,
        team_id: team,
        members_of,
        scope,
        project_id,
        resource_type: target?.type ?? null,
        resource_id,
        scope_key,
        private: scope === 'resource' ? 1 : 0,
        expires: draw(EXPIRIES),
        granted_by: null,
        created: PAST,
      }),
    );
  }
};

/** Worlds in which every rule of the access model has something to say. */
export const worlds = (registry: Registry): fc.Arbitrary<World> =>
  fc.gen().map((gen) => {
    const draw: Draw = (from) => from[gen(fc.nat, { max: from.length - 1 })]!;
    const made: Made = { rows: new Map(), draw, registry };
    people(made);
    roles(made);
    things(made);
    assignments(made);
    return { now: NOW, rows: made.rows };
  });

/** What a token leaves: mostly all, sometimes only a few permissions. */
export const limits = (registry: Registry): fc.Arbitrary<ReadonlySet<string> | null> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc
        .subarray(
          registry.permissions.map((permission) => permission.name),
          { minLength: 1, maxLength: 20 },
        )
        .map((names) => new Set(names)),
    },
  );
