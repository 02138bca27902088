// The SQL of the predicate as text files, so that nobody changes who may do what without a reviewer seeing it.
// UPDATE_GOLDEN=1 npx vitest run --project unit packages/server/src/access/golden.test.ts writes them anew.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DummyDriver, Kysely, sql, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../kernel/actor.ts';
import type { Context, Tables } from '../kernel/context.ts';
import { find } from '../kernel/find.ts';
import { runList } from '../kernel/page.ts';
import { parseList } from '../kernel/query.ts';
import type { Resource, Values } from '../kernel/resource.ts';
import { visible } from '../kernel/visible.ts';
import { bareKernel, type Bare } from '../testing/bare.ts';
import { readable } from '../testing/readable.ts';
import { makeRow, NOW } from '../testing/rows.ts';

const FOLDER = fileURLToPath(new URL('../testing/golden/', import.meta.url));
const TYPES = ['project', 'user', 'role_assignment', 'stack', 'pipeline', 'run', 'step', 'model', 'model_version'];
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

describe('the SQL of the predicate', () => {
  let bare: Bare;
  const actors: Record<string, Actor> = {};
  const names: Record<string, string> = { [NOW]: 'now' };
  beforeAll(async () => {
    bare = await bareKernel('sqlite');
    const { registry } = bare;
    const rows = new Map<string, Values[]>();
    const put = (table: string, row: Values): void => {
      rows.set(table, [...(rows.get(table) ?? []), row]);
    };
    put('project', makeRow(registry.get('project'), { id: id(1), name: 'main' }));
    names[id(1)] = 'the project main';
    const ml = registry.permissions.filter((permission) => permission.group === 'ml').map((permission) => permission.name);
    for (const [i, [name, permissions]] of Object.entries({ admin: ['read', 'write', 'me'], developer: ['read', 'me', ...ml] }).entries()) {
      put('role', makeRow(registry.get('role'), { id: id(10 + i), name, builtin: 1 }));
      for (const permission of new Set(permissions)) put('role_permission', { role_id: id(10 + i), permission });
    }
    const shareable = ['pipeline', 'run', 'model'].map((type) => registry.get(type));
    for (const [i, name] of ['admin', 'project developer', 'shared with', 'stranger'].entries()) {
      put('account', makeRow(registry.get('user'), { id: id(20 + i), name }));
      names[id(20 + i)] = `the ${name}`;
    }
    const assign = (n: number, given: Values): void =>
      put(
        'role_assignment',
        makeRow(registry.get('role_assignment'), { id: id(n), team_id: null, resource_type: null, resource_id: null, project_id: null, scope_key: String(n), ...given }),
      );
    assign(30, { user_id: id(20), role_id: id(10), scope: 'server' });
    assign(31, { user_id: id(21), role_id: id(11), scope: 'project', project_id: id(1) });
    for (const [i, resource] of shareable.entries())
      assign(40 + i, { user_id: id(22), role_id: id(11), scope: 'resource', resource_type: resource.type, resource_id: id(900 + i) });
    await bare.load({ now: NOW, rows });
    for (const [i, name] of ['admin', 'project developer', 'shared with', 'stranger'].entries()) actors[name] = await bare.actor(id(20 + i), NOW);
  });
  afterAll(() => bare.close());

  /** The last statement that some work would send; nothing is carried out. */
  const sent = async (actor: Actor, work: (ctx: Context) => Promise<unknown>): Promise<string> => {
    const queries: string[] = [];
    const db = new Kysely<Tables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (of) => new SqliteIntrospector(of),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
      log: (event) => {
        queries.push(readable(event.query, names));
      },
    });
    await work({ ...bare.context(actor, NOW), db });
    return queries.at(-1) ?? '';
  };

  const text = async (resource: Resource): Promise<string> => {
    const parts = [`-- ${resource.type}: what the predicate becomes in SQL (SQLite), for four people. Written by access/golden.test.ts.`];
    for (const [name, actor] of Object.entries(actors)) {
      const inProjects = resource.fields['project_id'] !== undefined && resource.access.project === undefined && !resource.fields['project_id'].nullable;
      parts.push(
        `\n-- ${name}: list, newest first, ids only`,
        await sent(actor, async (ctx) => {
          // Here an empty list of a hidden project is looked at as a list.
          const request = {
            ...(await parseList(bare.context(actor, NOW), resource, { sort_by: 'desc:created', size: '20', ...(inProjects ? { project: id(1) } : {}) })),
            hidden_project: null,
          };
          await runList(
            ctx,
            { ...resource, fields: Object.fromEntries(Object.entries(resource.fields).filter(([column]) => ['created', 'private', 'project_id'].includes(column))) },
            request,
          );
        }),
      );
      parts.push(`\n-- ${name}: get`, await sent(actor, (ctx) => find(ctx, resource, id(7), 'read', ['id'])));
      parts.push(
        `\n-- ${name}: may update`,
        await sent(actor, async (ctx) =>
          sql`select ${visible(ctx, resource, 'update', 't')} as may from ${sql.table(resource.table)} as t where t.id = ${id(7)}`.execute(ctx.db),
        ),
      );
    }
    return `${parts.join('\n')}\n`;
  };

  test.each(TYPES)('of %s is the one that was reviewed', async (type) => {
    const file = `${FOLDER}${type}.sql`;
    const now = await text(bare.registry.get(type));
    if (UPDATE) writeFileSync(file, now);
    expect(existsSync(file), 'UPDATE_GOLDEN=1 writes it').toBe(true);
    expect(now, 'Who may do what has changed. If that is meant, write the files anew with UPDATE_GOLDEN=1 and let them be reviewed').toBe(readFileSync(file, 'utf8'));
  });

  test('of nothing else is kept, and each declaration of access too', () => {
    const file = `${FOLDER}access.txt`;
    const line = (resource: Resource): string => {
      const { scope, owner, share, self, parents, actions, needs, also } = resource.access;
      return `${resource.type}: ${[
        `at ${scope}`,
        owner === null ? 'owned by nobody' : `owned by ${owner}`,
        share ? 'can be shared' : null,
        resource.fields['private'] === undefined ? null : 'can be private',
        self === undefined ? null : `is one's own by ${self}`,
        ...(parents ?? []).map(
          (parent) =>
            `judged by ${parent.type} through ${parent.by}${parent.unless_private === true ? ' unless private' : ''}${
              parent.needs === undefined
                ? ''
                : ` (${Object.entries(parent.needs)
                    .map((pair) => pair.join(' → '))
                    .join(', ')})`
            }`,
        ),
        actions === undefined ? null : `can also be asked to ${actions.join(', ')}`,
        needs === undefined
          ? null
          : `borrows ${Object.entries(needs)
              .map((pair) => pair.join(' → '))
              .join(', ')}`,
        also === undefined ? null : 'has a rule of its own',
        ...Object.entries(resource.fields)
          .filter(([, field]) => field.needs !== undefined)
          .map(([name, field]) => `shows ${name} to those who may ${field.needs}`),
        ...Object.entries(resource.fields)
          .filter(([, field]) => field.secret)
          .map(([name]) => `keeps ${name} secret`),
      ]
        .filter((part) => part !== null)
        .join('; ')}`;
    };
    const operations = bare.registry.operations
      .map(
        (operation) =>
          `${operation.method} ${operation.path} needs ${Object.entries(operation.needs)
            .map((pair) => pair.join(': '))
            .join()}`,
      )
      .sort();
    const now = `${[...bare.registry.resources.map(line), '', ...operations].join('\n')}\n`;
    if (UPDATE) writeFileSync(file, now);
    expect(now).toBe(readFileSync(file, 'utf8'));
    expect(
      readdirSync(FOLDER)
        .filter((name) => name.endsWith('.sql'))
        .sort(),
    ).toEqual(TYPES.map((type) => `${type}.sql`).sort());
  });
});
