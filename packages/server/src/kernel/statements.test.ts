// How many statements a list takes: one, and one more for each relation, however long the page is.
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bareKernel, type Bare } from '../testing/bare.ts';
import { inOrder, makeRow, NOW, unusedName } from '../testing/rows.ts';
import { dialects } from '../testing/server.ts';
import type { World } from '../testing/world.ts';
import { systemActor, type Actor } from './actor.ts';
import type { Context, Tables } from './context.ts';
import type { Resource, Values } from './resource.ts';
import { list } from './verbs/list.ts';

const FEW = 2;
const MANY = 50;

/** The same database, counting what is sent to it. */
const counting = (db: Kysely<Tables>, sent: string[]): Kysely<Tables> =>
  db.withPlugin({ transformQuery: ({ node }) => (sent.push(node.kind), node), transformResult: async ({ result }) => result });

describe.each(dialects)('a list on %s', (dialect) => {
  let bare: Bare;
  let reader: Actor;
  let project: string;
  beforeAll(async () => {
    bare = await bareKernel(dialect);
    const rows = new Map<string, Values[]>();
    const put = (table: string, row: Values): Values => {
      rows.set(table, [...(rows.get(table) ?? []), row]);
      return row;
    };
    const { registry } = bare;
    const role = put('role', makeRow(registry.get('role')));
    put('role_permission', { role_id: role['id'], permission: 'read' });
    project = put('project', makeRow(registry.get('project')))['id'];
    const person = put('account', makeRow(registry.get('user')));
    for (const resource of inOrder(registry)) {
      // One face of a table is enough.
      if (resource.path === null && registry.resources.some((other) => other.table === resource.table && other.path !== null)) continue;
      for (let i = 0; i < MANY; i++) {
        const pick = (type: string, column: string): string | null => {
          const target = registry.get(type);
          if (column === 'project_id') return project;
          const there = (rows.get(target.table) ?? []).filter((row) => Object.entries(target.only ?? {}).every(([name, value]) => row[name] === value));
          return there.length === 0 ? null : there[i % there.length]!['id'];
        };
        const given: Values =
          resource.type === 'role_assignment'
            ? { user_id: person['id'], team_id: null, role_id: role['id'], scope: 'server', project_id: null, scope_key: `server ${i}` }
            : resource.type === 'user'
              ? { name: unusedName('many') }
              : {};
        put(resource.table, makeRow(resource, given, pick));
      }
    }
    const world: World = { now: NOW, rows };
    await bare.load(world);
    reader = await bare.actor(person['id'], NOW);
  });
  afterAll(() => bare.close());

  const statements = async (resource: Resource, size: number, actor: Actor): Promise<{ sent: number; shown: number }> => {
    const sent: string[] = [];
    const ctx: Context = { ...bare.context(actor, NOW), db: counting(bare.database.read, sent) };
    const inProjects = resource.fields['project_id'] !== undefined && resource.access.project === undefined && !resource.fields['project_id'].nullable;
    const page = await list(ctx, resource, { size: String(size), hydrate: 'true', ...(inProjects ? { project } : {}) });
    return { sent: sent.length - (inProjects ? 1 : 0), shown: page.items.length };
  };

  test('of fifty takes as many statements as one of two, for every resource', async () => {
    const wrong: string[] = [];
    for (const actor of [reader, systemActor('count')])
      for (const resource of bare.registry.resources) {
        if (resource.path === null) continue;
        const [few, many] = [await statements(resource, FEW, actor), await statements(resource, MANY, actor)];
        if (actor.unlimited && many.shown < MANY) wrong.push(`${resource.type}: only ${many.shown} are shown`);
        if (few.sent !== many.sent) wrong.push(`${resource.type}: ${few.sent} statements for ${few.shown}, ${many.sent} for ${many.shown}`);
      }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('takes one statement, and at most one for each of its relations and for each that these show', async () => {
    const wrong: string[] = [];
    const budget = (resource: Resource, depth = 0): number =>
      Object.values(resource.relations ?? {}).reduce((sum, relation) => {
        if (relation.kind === 'derived') return sum + 4;
        const inner = depth === 0 ? Object.values(bare.registry.get(relation.type).relations ?? {}).filter((other) => other.tier === 'body').length : 0;
        return sum + (relation.kind === 'many' ? 2 : 1) + inner;
      }, 1);
    for (const resource of bare.registry.resources) {
      if (resource.path === null) continue;
      const { sent } = await statements(resource, MANY, reader);
      if (sent > budget(resource)) wrong.push(`${resource.type}: ${sent} statements, ${budget(resource)} at most`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
