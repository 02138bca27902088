// The people and things of the access matrix: everybody who can stand in some relation to a thing, and things in every position.
import { sql } from 'kysely';
import { hashToken, newToken } from '../auth/tokens.ts';
import type { Database } from '../kernel/context.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { insertRows } from './bare.ts';
import { permissionOf, type Asker } from './naive.ts';
import { FUTURE, inOrder, makeRow, PAST } from './rows.ts';
import { testServer, type Dialect, type Person, type TestServer } from './server.ts';
import type { World } from './world.ts';

/** own: made by the person called owner. The rest is made by somebody else. */
export const POSITIONS = ['own', 'shared', 'private', 'foreign'] as const;
type Position = (typeof POSITIONS)[number];

export interface Principal {
  readonly name: string;
  readonly person: Person;
  readonly who: Asker;
}
export interface Stage {
  readonly server: TestServer;
  /** Everybody with an account that is active. */
  readonly principals: readonly Principal[];
  /** Those whom no operation may take for anybody. */
  readonly nobodies: readonly Person[];
  readonly projects: Readonly<Record<'default' | 'other', string>>;
  readonly thing: (type: string, position: Position) => Values | undefined;
  /** Somebody who may read things of this type, or what judges them, and nothing else; where the stage was asked for specialists. */
  readonly specialist: (type: string) => Principal;
  readonly world: World;
  /** Carries out calls and says what they left in the audit log and in the outbox before they were undone. */
  readonly leaving: <T>(work: () => Promise<T>) => Promise<{ result: T; left: Left }>;
}

/** What the transactions of one call left behind before they were undone. */
interface Left {
  readonly audit: Values[];
  events: number;
}

/** Undoes every transaction once it has succeeded: the answer stands, the world stays as it is. `watch` is told what it left. */
const undoing = (database: Database, watch: { left: Left | null } = { left: null }): Database => ({
  dialect: database.dialect,
  get read() {
    return database.read;
  },
  close: () => database.close(),
  load: () => database.load(),
  transaction: async (work) => {
    const undo = new Error('undone');
    let result: Awaited<ReturnType<typeof work>>;
    try {
      await database.transaction(async (tx) => {
        result = await work(tx);
        if (watch.left !== null) {
          watch.left.audit.push(...((await tx.selectFrom('audit_event').selectAll().where('ip', '=', WATCHED).execute()) as Values[]));
          watch.left.events += Number(
            (
              await tx
                .selectFrom('outbox')
                .select((eb) => eb.fn.countAll().as('n'))
                .executeTakeFirstOrThrow()
            )['n'],
          );
        }
        throw undo;
      });
    } catch (error) {
      if (error !== undo) throw error;
    }
    return result!;
  },
});

/** All rows of all tables on which access depends, as they are stored. */
const snapshot = async (server: TestServer, now: string): Promise<World> => {
  const tables = [...new Set(['team_member', 'role_permission', ...server.registry.resources.map((resource) => resource.table)])];
  const rows = new Map<string, readonly Values[]>();
  for (const table of tables) rows.set(table, (await sql<Values>`select * from ${sql.table(table)}`.execute(server.app.database.read)).rows);
  return { now, rows };
};

/** Which positions say something about a resource: a role is nobody's, a user lies in no project. */
const positionsOf = (server: TestServer, resource: Resource): readonly Position[] => {
  const { access } = resource;
  const above = (access.parents ?? []).map((parent) => positionsOf(server, server.registry.get(parent.type)));
  const has = (position: Position) => above.some((list) => list.includes(position));
  return POSITIONS.filter(
    (position) =>
      position === 'shared' ||
      (position === 'own' && (access.owner !== null || has('own'))) ||
      (position === 'private' && (resource.fields['private'] !== undefined || has('private'))) ||
      (position === 'foreign' && (access.scope === 'project' || has('foreign'))),
  );
};

/** The address from which test calls come. */
const WATCHED = '127.0.0.1';

interface Role {
  readonly role: string;
  readonly project?: 'default' | 'other';
  readonly expires?: string;
}
interface Cast {
  readonly roles?: readonly Role[];
  readonly machine?: boolean;
  readonly team?: boolean;
  readonly direct?: string;
  readonly limit?: readonly string[];
  readonly status?: string;
  readonly expired?: boolean;
}

/** Who acts, by name. */
const CAST: Readonly<Record<string, Cast>> = {
  administrator: { roles: [{ role: 'admin' }] },
  owner: {},
  owner_who_reads: { roles: [{ role: 'guest' }] },
  developer: { roles: [{ role: 'developer' }] },
  project_reader: { roles: [{ role: 'guest', project: 'default' }] },
  project_writer: { roles: [{ role: 'developer', project: 'default' }] },
  project_administrator: { roles: [{ role: 'admin', project: 'default' }] },
  foreign_administrator: { roles: [{ role: 'admin', project: 'other' }] },
  guest: { roles: [{ role: 'guest' }] },
  only_me: { roles: [{ role: 'only me' }] },
  blind_writer: { roles: [{ role: 'only write' }] },
  picky: { roles: [{ role: 'every third' }] },
  shared_read: { direct: 'guest' },
  shared_update: { direct: 'developer' },
  shared_all: { direct: 'admin' },
  by_team: { team: true },
  lapsed: { roles: [{ role: 'admin', expires: PAST }] },
  not_yet_lapsed: { roles: [{ role: 'guest', expires: '2099-01-01T00:00:00.000000' }] },
  stranger: {},
  machine: { machine: true, roles: [{ role: 'developer' }] },
  reading_token: { roles: [{ role: 'admin' }], limit: ['read'] },
  narrow_token: { roles: [{ role: 'admin' }], limit: ['project:update', 'stack:read', 'stack:update', 'user:read'] },
  deactivated: { roles: [{ role: 'admin' }], status: 'inactive' },
  expired: { roles: [{ role: 'admin' }], expired: true },
};

/** The permission by which things of a type are read: their own, or that of what judges them. */
const readingOf = (registry: Registry, resource: Resource): string => {
  const parent = resource.access.scope === 'parent' ? resource.access.parents?.[0] : undefined;
  if (parent === undefined) return permissionOf(resource, 'read');
  const above = registry.get(parent.type);
  return parent.needs?.['read'] === undefined ? readingOf(registry, above) : permissionOf(above, parent.needs['read']);
};

/** A server with the whole cast and things of every declared resource in every position. Close its server. */
export const setStage = async (dialect: Dialect, options: { readonly specialists?: boolean } = {}): Promise<Stage> => {
  const server = await testServer(dialect);
  const { registry } = server;
  const db = server.app.database;
  const rows = new Map<string, Values[]>();
  const add = (resource: string, given: Values): Values => put(registry.get(resource).table, makeRow(registry.get(resource), given));
  const put = (table: string, row: Values): Values => {
    rows.set(table, [...(rows.get(table) ?? []), row]);
    return row;
  };
  const roleIds = new Map((await db.read.selectFrom('role').select(['id', 'name']).execute()).map((row) => [row['name'] as string, row['id'] as string]));
  const main = (await db.read.selectFrom('project').select('id').where('name', '=', 'default').executeTakeFirstOrThrow())['id'] as string;
  const projects = { default: main, other: add('project', { name: 'other' })['id'] as string };

  const fine = registry.permissions.filter((permission) => !permission.macro).map((permission) => permission.name);
  for (const [name, permissions] of Object.entries({ 'only me': ['me'], 'only write': ['write'], 'every third': fine.filter((_, i) => i % 3 === 0) })) {
    const id = add('role', { name })['id'] as string;
    roleIds.set(name, id);
    for (const permission of permissions) put('role_permission', { role_id: id, permission });
  }

  const ids = new Map<string, string>();
  for (const [i, [name, cast]] of Object.entries(CAST).entries()) {
    const own = cast.machine === true ? {} : { email: `${99 - i}@example.org`, external_user_id: `external ${99 - i}` };
    ids.set(name, add(cast.machine === true ? 'service_account' : 'user', { name, status: cast.status ?? 'active', ...own })['id'] as string);
  }
  const crew = add('team', { name: 'crew' })['id'] as string;
  for (const [name, cast] of Object.entries(CAST))
    if (cast.team === true) put('team_member', { team_id: crew, account_id: ids.get(name), created: PAST, added_by: null });

  const made = new Map<string, Values>();
  const maker = add('user', { name: 'somebody_else', status: 'active' })['id'] as string;
  for (const position of POSITIONS)
    for (const resource of inOrder(registry)) {
      if (['role_assignment', 'account'].includes(resource.type) || !positionsOf(server, resource).includes(position)) continue;
      const owner = position === 'own' ? ids.get('owner')! : maker;
      const pick = (type: string, column: string): string | null => {
        if (column === resource.access.owner) return owner;
        if (type === 'project') return projects[position === 'foreign' ? 'other' : 'default'];
        if (type === 'account') return owner;
        const there = made.get(`${type} ${position}`) ?? made.get(`${type} shared`);
        return (resource.access.parents ?? []).some((parent) => parent.by === column) || resource.fields[column]?.nullable !== true
          ? ((there?.['id'] as string | undefined) ?? null)
          : null;
      };
      const given = {
        ...(resource.fields['private'] === undefined ? {} : { private: position === 'private' ? 1 : 0 }),
        ...(resource.fields['expires'] === undefined ? {} : { expires: FUTURE }),
      };
      made.set(`${resource.type} ${position}`, put(resource.table, makeRow(resource, given, pick)));
    }

  const assign = (
    role: string,
    principal: { user?: string; team?: string },
    where: { project?: string; on?: readonly [string, Values] },
    expires: string | null = null,
  ) => {
    const { project = null, on } = where;
    put(
      'role_assignment',
      makeRow(registry.get('role_assignment'), {
        role_id: roleIds.get(role),
        user_id: principal.user ?? null,
        team_id: principal.team ?? null,
        scope: on !== undefined ? 'resource' : project === null ? 'server' : 'project',
        project_id: project,
        resource_type: on?.[0] ?? null,
        resource_id: on?.[1]['id'] ?? null,
        private: on === undefined ? 0 : 1,
        expires,
        granted_by: null,
        scope_key: on !== undefined ? `${on[0]} ${String(on[1]['id'])}` : project === null ? 'server' : `project ${project}`,
      }),
    );
  };
  const shareable = [...made].filter(([key]) => registry.get(key.split(' ')[0]!).access.share);
  for (const [name, cast] of Object.entries(CAST)) {
    for (const { role, project, expires } of cast.roles ?? [])
      assign(role, { user: ids.get(name)! }, project === undefined ? {} : { project: projects[project] }, expires ?? null);
    if (cast.direct !== undefined)
      for (const [key, row] of shareable) if (!key.endsWith(' own')) assign(cast.direct, { user: ids.get(name)! }, { on: [key.split(' ')[0]!, row] });
  }
  assign('developer', { team: crew }, { project: projects.default });
  for (const [key, row] of shareable) if (key.endsWith(' private')) assign('guest', { team: crew }, { on: [key.split(' ')[0]!, row] });

  const specialists = options.specialists === true ? registry.resources.filter((resource) => resource.path !== null) : [];
  for (const resource of specialists) {
    const name = `reads only ${resource.type}`;
    roleIds.set(name, add('role', { name })['id'] as string);
    put('role_permission', { role_id: roleIds.get(name), permission: readingOf(registry, resource) });
    ids.set(name, add('user', { name })['id'] as string);
    assign(name, { user: ids.get(name)! }, {});
  }

  const people = new Map<string, Person>();
  for (const [name, cast] of [...Object.entries(CAST), ...specialists.map((resource): [string, Cast] => [`reads only ${resource.type}`, {}])]) {
    const token = newToken('session');
    people.set(name, server.as(name, token));
    add('session', {
      user_id: ids.get(name),
      kind: 'personal',
      token_hash: hashToken('session', token),
      last_used: '2099-01-01T00:00:00.000000',
      expires: cast.expired === true ? PAST : null,
      permissions: cast.limit === undefined ? null : JSON.stringify(cast.limit),
      claims: null,
      device_id: null,
      api_key_id: null,
    });
  }
  await db.transaction((tx) => insertRows(tx, rows));
  const world = await snapshot(server, server.app.clock());
  // What setting the stage left behind is not what the calls leave.
  await db.transaction(async (tx) => {
    await tx.updateTable('audit_event').set({ ip: 'before' }).execute();
    await tx.deleteFrom('outbox').execute();
  });
  const watch: { left: Left | null } = { left: null };
  Object.assign(server.app, { database: undoing(db, watch) });
  const dead = ['deactivated', 'expired'];
  return {
    server,
    projects,
    world,
    principals: Object.keys(CAST)
      .filter((name) => !dead.includes(name))
      .map((name) => ({ name, person: people.get(name)!, who: { id: ids.get(name)!, limit: CAST[name]!.limit === undefined ? null : new Set(CAST[name]!.limit) } })),
    nobodies: [server.anonymous, server.as('forged', newToken('session')), server.as('nonsense', 'eyJhbGciOiJub25lIn0.e30.'), ...dead.map((name) => people.get(name)!)],
    leaving: async (work) => {
      const left: Left = { audit: [], events: 0 };
      watch.left = left;
      try {
        return { result: await work(), left };
      } finally {
        watch.left = null;
      }
    },
    specialist: (type) => ({ name: `reads only ${type}`, person: people.get(`reads only ${type}`)!, who: { id: ids.get(`reads only ${type}`)!, limit: null } }),
    thing: (type, position) => made.get(`${type} ${position}`),
  };
};
