// Three judges, random worlds: the predicate in SQL, the naive reading, and Cedar. They must never differ.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../kernel/context.ts';
import { find } from '../kernel/find.ts';
import { runList } from '../kernel/page.ts';
import { parseList } from '../kernel/query.ts';
import type { Resource } from '../kernel/resource.ts';
import { bareKernel, type Bare } from '../testing/bare.ts';
import { cedarJudge } from '../testing/cedar.ts';
import { isActive, mayDo, type Asker } from '../testing/naive.ts';
import { limits, worlds } from '../testing/random.ts';
import { dialects } from '../testing/server.ts';
import { rowsOf, thingsOf, type World } from '../testing/world.ts';

/** Worlds are judged until there are so many of them and so many decisions. */
const QUICK = process.env['ZENDO_TEST_QUICK'] === '1';
const WORLDS = { sqlite: QUICK ? 3 : 5, postgres: 1 } as const;
const LEAST = { sqlite: QUICK ? 4_000 : 12_000, postgres: 2_000 } as const;
/** Of so many decisions one is also asked as a single row. */
const SINGLE = 7;

describe.each(dialects)('on random worlds on %s', (dialect) => {
  let bare: Bare;
  beforeAll(async () => {
    bare = await bareKernel(dialect);
  });
  afterAll(() => bare.close());

  /** What lists show to an actor: ids with the actions he may take. */
  const shown = async (ctx: Context, world: World, resource: Resource): Promise<ReadonlyMap<string, readonly string[]>> => {
    const inProjects = resource.fields['project_id'] !== undefined && resource.access.project === undefined && !resource.fields['project_id'].nullable;
    const found = new Map<string, readonly string[]>();
    for (const project of inProjects ? rowsOf(world, 'project').map((row) => row['id'] as string) : [undefined]) {
      // Here an empty list of a hidden project is looked at as a list.
      const request = { ...(await parseList(ctx, resource, { size: '1000', ...(project === undefined ? {} : { project }) })), hidden_project: null };
      const { rows, total, may } = await runList(ctx, resource, request);
      expect(total, 'the total counts what is listed').toBe(rows.length);
      for (const row of rows) found.set(row['id'], may(row));
    }
    return found;
  };

  test('the predicate, the naive reading and Cedar decide alike', async () => {
    let decisions = 0;
    let single = 0;
    let allowed = 0;
    const wrong: string[] = [];
    const seed = Number(process.env['ZENDO_TEST_SEED'] ?? Date.now() % 1_000_000_000);
    const began = performance.now();
    const one = fc.tuple(worlds(bare.registry), fc.array(limits(bare.registry), { minLength: 8, maxLength: 8 }));
    for (let i = 0; wrong.length === 0 && (i < WORLDS[dialect] || decisions < LEAST[dialect]); i++) {
      const [world, tokens] = fc.sample(one, { numRuns: 1, seed: seed + i })[0]!;
      await bare.load(world);
      const model = { world, resource: bare.registry.get, has: bare.registry.has };
      const cedar = cedarJudge(world, bare.registry.get);
      for (const [n, account] of rowsOf(world, 'account').entries()) {
        const who: Asker = { id: account['id'], limit: tokens[n] ?? null };
        const actor = await bare.actor(who.id, world.now, who.limit);
        expect(actor.kind === 'anonymous').toBe(!isActive(world, who.id));
        const ctx = bare.context(actor, world.now);
        for (const resource of bare.registry.resources) {
          const list = await shown(ctx, world, resource);
          const offered = bare.registry.offered(resource).filter((action) => action !== 'create');
          for (const row of thingsOf(world, resource))
            for (const action of offered) {
              decisions += 1;
              const naive = mayDo(model, who, resource.type, action, row);
              const judged = cedar.may(who, resource.type, action, row);
              // What cannot be read is not listed, so its other actions are asked one by one.
              const read = list.has(row['id']);
              const listed = action === 'read' ? read : read ? list.get(row['id'])!.includes(action) : naive;
              const alone = decisions % SINGLE === 0 || (!read && naive);
              if (alone) single += 1;
              const one = alone ? (await find(ctx, resource, row['id'], action, ['id'])) !== null : naive;
              if (naive) allowed += 1;
              if (judged !== naive || one !== naive || listed !== naive) {
                wrong.push(
                  `${resource.type}:${action} of ${String(row['id'])} for ${who.id} with ${who.limit === null ? 'no limit' : [...who.limit].join()}: list ${listed}, get ${one}, naive ${naive}, Cedar ${judged}`,
                );
              }
            }
        }
      }
    }
    console.log(
      `${decisions} decisions, ${wrong.length} wrong (${dialect}: ${allowed} allowed, ${single} asked as single rows too, seed ${seed}, ${((performance.now() - began) / 1000).toFixed(1)} s)`,
    );
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(decisions).toBeGreaterThanOrEqual(LEAST[dialect]);
  }, 120_000);
});
