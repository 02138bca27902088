// The two forms of the predicate, on random worlds: joined by OR for one row, merged way by way for a page. Same rows, same order, same pages.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bareKernel, type Bare } from '../testing/bare.ts';
import { worlds } from '../testing/random.ts';
import { dialects } from '../testing/server.ts';
import { rowsOf } from '../testing/world.ts';
import { onlyOwn, valueOf } from './find.ts';
import { runList } from './page.ts';
import { parseList } from './query.ts';
import { branches, visible } from './visible.ts';

const WORLDS = { sqlite: 3, postgres: 1 } as const;

describe.each(dialects)('pages on %s', (dialect) => {
  let bare: Bare;
  beforeAll(async () => {
    bare = await bareKernel(dialect);
  });
  afterAll(() => bare.close());

  test('merged from the ways of seeing are those that one condition gives', async () => {
    let [compared, merged] = [0, 0];
    const seed = Date.now() % 1_000_000_000;
    for (const world of fc.sample(worlds(bare.registry), { numRuns: WORLDS[dialect], seed })) {
      await bare.load(world);
      for (const account of rowsOf(world, 'account')) {
        const ctx = bare.context(await bare.actor(account['id'], world.now), world.now);
        if (ctx.actor.kind === 'anonymous') continue;
        for (const resource of bare.registry.resources) {
          const inProject = resource.fields['project_id'] !== undefined && resource.access.project === undefined && !resource.fields['project_id'].nullable;
          const project = inProject ? (rowsOf(world, 'project')[0]!['id'] as string) : null;
          for (const direction of ['asc', 'desc'] as const) {
            const key = resource.fields['name']?.filter === true && direction === 'desc' ? 'name' : 'created';
            const value = valueOf(ctx, resource, key, 't');
            const way = sql.raw(direction);
            const { rows: whole } = await sql<{
              id: string;
            }>`select t.id from ${sql.table(resource.table)} as t where ${visible(ctx, resource, 'read', 't')} and ${onlyOwn(resource, 't')}
              ${project === null ? sql`` : sql`and t.project_id = ${project}`} order by case when ${value} is null then 1 else 0 end, ${value} ${way}, t.id ${way}`.execute(
              ctx.db,
            );
            const paged: string[] = [];
            for (let page = 1; paged.length < whole.length || page === 1; page++) {
              // Here an empty list of a hidden project is looked at as a list.
              const request = {
                ...(await parseList(ctx, resource, { page: String(page), size: '2', sort_by: `${direction}:${key}`, ...(project === null ? {} : { project }) })),
                hidden_project: null,
              };
              const { rows, total } = await runList(ctx, resource, request);
              expect(total).toBe(whole.length);
              paged.push(...rows.map((row) => row['id'] as string));
              if (rows.length === 0) break;
            }
            compared += 1;
            if (branches(ctx, resource, 'read', 't').length > 1) merged += 1;
            expect(paged, `${resource.type} by ${key} ${direction}, seed ${seed}`).toEqual(whole.map((row) => row.id));
          }
        }
      }
    }
    expect(merged, `${compared} lists, ${merged} of them merged`).toBeGreaterThan(20);
  }, 120_000);
});
