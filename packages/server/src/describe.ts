// What the kernel derives from a declaration, in words and SQL: `zendo explain TYPE` prints it.
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type CompiledQuery } from 'kysely';
import { createPasswords } from './auth/passwords.ts';
import { readConfig } from './config.ts';
import { PREFIX, routesOf } from './http/mount.ts';
import type { Actor, Grant } from './kernel/actor.ts';
import type { Context, Database, Tables } from './kernel/context.ts';
import { filtersOf } from './kernel/query.ts';
import type { Registry } from './kernel/registry.ts';
import type { Need, Resource } from './kernel/resource.ts';
import { inputSchemas } from './kernel/validate.ts';
import { list } from './kernel/verbs/list.ts';
import { get } from './kernel/verbs/get.ts';
import { permissionFor } from './kernel/visible.ts';
import { zendoRegistry } from './registry.ts';
import { createSealing } from './services/sealing.ts';
import { createChanges } from './services/changes.ts';

const ID = '00000000-0000-7000-8000-00000000000a';
const PROJECT = '00000000-0000-7000-8000-00000000000b';

/** A database that runs nothing and remembers what it was asked; a project is always found. */
const recorder = (): { database: Database; statements: string[] } => {
  const statements: string[] = [];
  const connection = {
    async executeQuery(query: CompiledQuery) {
      const text = query.sql.replace(/\s+/g, ' ').trim();
      statements.push(text);
      return { rows: text.includes(' from "project" as t ') ? [{ id: PROJECT }] : [] };
    },
    // oxlint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('nothing is streamed here');
    },
  };
  const read = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => ({
        init: async () => undefined,
        acquireConnection: async () => connection as never,
        beginTransaction: async () => undefined,
        commitTransaction: async () => undefined,
        rollbackTransaction: async () => undefined,
        releaseConnection: async () => undefined,
        destroy: async () => undefined,
      }),
    },
  });
  return {
    statements,
    database: {
      dialect: 'sqlite',
      read,
      transaction: (work) => read.transaction().execute(work),
      close: async () => undefined,
      load: () => ({ connections: 0, active: 0, waiting: 0 }),
    },
  };
};

/** Seals nothing that is kept. */
const unused = createSealing([Buffer.alloc(32)]);

/** The registry as a server has it, without a server. */
export const registryAlone = (): Registry => {
  const config = readConfig({}, {});
  const { database } = recorder();
  const clock = () => '2026-01-01T00:00:00.000000';
  return zendoRegistry({
    config,
    database,
    clock,
    changes: createChanges(config, database, clock),
    passwords: createPasswords(config),
    sealing: unused,
    local: false,
    publicUrl: () => 'http://127.0.0.1:8237',
  });
};

const somebody = (grants: readonly Grant[]): Actor => ({
  id: ID,
  name: 'somebody',
  kind: 'user',
  via: 'explain',
  session_id: null,
  limit: null,
  unlimited: false,
  grants,
  direct: () => null,
});
const developer = (permissions: readonly string[], project_id: string | null): Actor =>
  somebody([{ assignment_id: ID, role: { id: ID, name: 'role' }, permissions: new Set(permissions), project_id, project_name: null, team: null, expires: null }]);

const sqlOf = async (registry: Registry, resource: Resource, actor: Actor, what: 'list' | 'get'): Promise<string> => {
  const { database, statements } = recorder();
  const ctx: Context = {
    database,
    db: database.read,
    in_transaction: false,
    registry,
    actor,
    now: '2026-01-01T00:00:00.000000',
    request: { id: '', ip: '', user_agent: '' },
    lenient: false,
    reload: async (_db, a) => a,
    granters: async () => [],
    sealing: unused,
  };
  await (what === 'list' ? list(ctx, resource, {}) : get(ctx, resource, ID)).catch(() => undefined);
  return statements.find((statement) => statement.includes(`"${resource.table}" as`) && (what === 'get' || statement.includes('list_total'))) ?? statements.at(-1) ?? '';
};

const needText = (need: Need, resource: Resource | undefined): string => {
  if ('open' in need) return `anybody: ${need.open}`;
  if ('signed_in' in need) return `signed in: ${need.signed_in}`;
  if ('permission' in need) return need.permission;
  return resource === undefined ? '' : permissionFor(resource, 'create' in need ? 'create' : need.row);
};

const pad = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]!.length))) ?? [];
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd()}`,
  );
};

/** What follows from the declaration of this type, as text. Throws where there is no such type, naming those there are. */
export const describe = async (type: string): Promise<string> => {
  const registry = registryAlone();
  if (!registry.has(type)) throw new Error(`There is no resource '${type}'. There are: ${registry.resources.map((resource) => resource.type).join(', ')}`);
  const resource = registry.get(type);
  const routes = routesOf(registry).filter((route) => route.resource?.type === type || (resource.path !== null && route.path.startsWith(`/${resource.path}`)));
  const { access } = resource;
  const rules = [
    ...(access.owner === null ? [] : [`its owner (${access.owner}) may do everything`]),
    ...(access.share ? ['a role given on the row itself'] : []),
    ...(access.scope === 'parent'
      ? []
      : [
          `a role at the ${access.scope === 'project' ? 'row’s project or at the server' : 'server'}${resource.fields['private'] === undefined ? '' : ', unless the row is private'}`,
        ]),
    ...(access.self === undefined ? [] : ['me lets a person read and change the own row']),
    ...(access.parents ?? []).map(
      (parent) =>
        `whoever may do it on its ${parent.type} (${parent.by})${parent.unless_private === true ? ', unless the row is private' : ''}${Object.entries(parent.needs ?? {})
          .map(([action, needed]) => `; ${action} needs ${needed} there`)
          .join('')}`,
    ),
    ...Object.entries(access.needs ?? {}).map(([action, needed]) => `${action} needs ${needed}`),
  ];
  const schemas = inputSchemas({ registry }, resource);
  return [
    `${resource.label}${resource.description === undefined ? '' : `: ${resource.description}`}`,
    '',
    'Routes',
    ...pad(routes.map((route) => [route.method, PREFIX + route.path, needText(route.needs, route.resource)])),
    '',
    'Who may do what',
    ...rules.map((rule) => `  - ${rule}`),
    '',
    'Fields',
    ...pad(
      Object.entries(resource.fields).map(([name, field]) => [
        name,
        `${field.kind}${field.nullable ? ', may be null' : ''}`,
        field.tier,
        field.value === undefined
          ? field.create === 'never'
            ? 'set by the server'
            : `${field.create} at creation${field.update ? ', can be changed' : ''}`
          : 'computed',
        field.needs === undefined ? '' : `seen with ${field.needs}`,
      ]),
    ),
    '',
    `Filters: ${Object.keys(filtersOf(resource)).join(', ')}`,
    '',
    `Create takes ${JSON.stringify((schemas.create as unknown as { properties: object }).properties)}`,
    '',
    `Update takes ${JSON.stringify((schemas.update as unknown as { properties: object }).properties)}`,
    '',
    'A list, for somebody who may read everything',
    `  ${await sqlOf(registry, resource, developer(['read'], null), 'list')}`,
    '',
    'A list, for somebody with a role in one project',
    `  ${await sqlOf(registry, resource, developer(['read'], PROJECT), 'list')}`,
    '',
    'One, for somebody without any role',
    `  ${await sqlOf(registry, resource, somebody([]), 'get')}`,
    '',
  ].join('\n');
};
