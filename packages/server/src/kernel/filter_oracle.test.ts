// A filter or a sort never tells more than a list does, and never shows more: whatever is asked, by whom, in whatever order.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayDo, type Model } from '../testing/naive.ts';
import { dialects } from '../testing/server.ts';
import { setStage, type Principal, type Stage } from '../testing/stage.ts';
import { thingsOf } from '../testing/world.ts';
import { newId } from './context.ts';
import type { Kind } from './field.ts';
import { filtersOf } from './query.ts';
import type { Resource, Values } from './resource.ts';

const NULLS = ['isnull:', 'isnotnull:'] as const;
const WORDS = ['', 'equals:', 'notequals:', 'contains:', 'notcontains:', 'startswith:', 'endswith:'] as const;
const ORDER = ['', 'notequals:', 'gt:', 'gte:', 'lt:', 'lte:'] as const;
const from = (signs: readonly string[], values: readonly string[]) =>
  fc.tuple(fc.constantFrom(...signs), fc.constantFrom(...values)).map(([sign, value]) => sign + value);
/** Values to look for: half of them stand in some row. */
const asked = (known: readonly string[]): Readonly<Record<Kind, fc.Arbitrary<string>>> => {
  const nulls = fc.constantFrom(...NULLS);
  const text = fc.oneof(
    from(WORDS, [...known, '%', '_', '\\', 'a', '-', '', "'", 'default', 'somebody']),
    fc.tuple(fc.constantFrom(...WORDS), fc.string({ maxLength: 4 })).map(([sign, value]) => sign + value.replaceAll('\0', '')),
    fc.tuple(fc.constantFrom('oneof:', 'notoneof:'), fc.subarray(known.slice(0, 20))).map(([sign, list]) => sign + JSON.stringify(list)),
    from(['gt:', 'lte:'], ['0', '7', '-1.5']),
    nulls,
  );
  const dates = ['2020-01-01 00:00:00', '2026-11-22 12:00:00', '2030-01-01 00:00:00'];
  return {
    text,
    uuid: text,
    json: nulls,
    boolean: fc.oneof(from(['', 'notequals:'], ['true', 'false', '1', 'no']), nulls),
    integer: fc.oneof(from(ORDER, ['0', '1', '7', '-1']), nulls),
    number: fc.oneof(from(ORDER, ['0', '0.5', '7']), nulls),
    datetime: fc.oneof(from(ORDER, dates), from(['in:'], [`${dates[0]},${dates[2]}`]), nulls),
  };
};
const RUNS = { sqlite: 600, postgres: 120 } as const;

describe.each(dialects)('filters and sorts on %s', (dialect) => {
  let stage: Stage;
  let model: Model;
  beforeAll(async () => {
    stage = await setStage(dialect, { specialists: true });
    model = { world: stage.world, resource: stage.server.registry.get, has: stage.server.registry.has };
  });
  afterAll(() => stage.server.close());

  const as = (name: string): Principal => stage.principals.find((principal) => principal.name === name)!;
  const lists = () => stage.server.registry.resources.filter((resource) => resource.path !== null && !(resource.without ?? []).includes('list'));
  const readable = (principal: Principal, resource: Resource): readonly string[] =>
    thingsOf(stage.world, resource)
      .filter((row) => mayDo(model, principal.who, resource.type, 'read', row))
      .map((row) => row['id'] as string);
  const ids = (answer: { body: Values }): string[] => (answer.body['items'] ?? []).map((item: Values) => item['id']);

  test('no filter, however put, shows what may not be read', async () => {
    const known = [
      ...new Set(
        [...stage.world.rows.values()]
          .flat()
          .flatMap((row) => [row['id'], row['name']])
          .filter((value): value is string => typeof value === 'string'),
      ),
    ];
    const values = asked(known);
    const one = fc.tuple(fc.nat(), fc.record(values));
    let [answered, refused] = [0, 0];
    const wrong: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...stage.principals),
        fc.constantFrom(...lists()),
        fc.array(one, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('and', 'or'),
        fc.nat(),
        fc.boolean(),
        async (principal, resource, conditions, operator, sort, descending) => {
          const names = Object.keys(filtersOf(resource));
          const keys = [...Object.keys(resource.sorts ?? {}), ...Object.keys(resource.fields).filter((name) => resource.fields[name]!.filter), 'id'];
          const query = new URLSearchParams({ size: '1000', logical_operator: operator, sort_by: `${descending ? 'desc' : 'asc'}:${keys[sort % keys.length]}` });
          for (const [n, value] of conditions) {
            const name = names[n % names.length]!;
            query.append(name, value[filtersOf(resource)[name]!.kind]);
          }
          const answer = await principal.person.get(`/${resource.path}?${query.toString()}`);
          if (answer.status === 422 || answer.status === 404) {
            refused += 1;
            return;
          }
          answered += 1;
          if (answer.status !== 200) wrong.push(`${principal.name} /${resource.path}?${query.toString()}: ${answer.status} ${answer.text}`);
          const may = new Set(readable(principal, resource));
          const shown = ids(answer);
          if (shown.some((id) => !may.has(id)) || answer.body.total !== shown.length || new Set(shown).size !== shown.length)
            wrong.push(
              `${principal.name} /${resource.path}?${query.toString()} shows ${shown.length} of ${answer.body.total}, ${shown.filter((id) => !may.has(id)).length} of them hidden`,
            );
        },
      ),
      { numRuns: RUNS[dialect], verbose: 0 },
    );
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(answered, `${answered} answered, ${refused} refused`).toBeGreaterThan(RUNS[dialect] / 2);
  }, 120_000);

  test('an e-mail address that cannot be read is no key to anything', async () => {
    const { server } = stage;
    // The stage undoes writes, so the address is put there directly.
    const guest = as('guest');
    for (const path of ['/users?email=isnotnull:', '/users?email=contains:@', '/users?email=somebody@example.org', '/users?external_user_id=isnotnull:']) {
      const answer = await guest.person.get(path);
      expect(answer.status, path).toBe(200);
      expect(
        ids(answer).filter((id) => id !== guest.who.id),
        path,
      ).toEqual([]);
    }
    const plain = ids(await guest.person.get('/users?size=1000&sort_by=asc:id'));
    expect(ids(await guest.person.get('/users?size=1000&sort_by=asc:email')).filter((id) => id !== guest.who.id)).toEqual(plain.filter((id) => id !== guest.who.id));
    expect((await guest.person.get('/users?password_hash=contains:a')).status).toBe(422);
    expect((await guest.person.get('/users?sort_by=asc:password_hash')).status).toBe(422);
    expect(server.registry.get('user').fields['email']!.needs).toBe('manage');
  });

  test('whoever may not see people cannot ask by them', async () => {
    const owner = as('owner');
    for (const resource of lists()) {
      for (const [name, relation] of Object.entries(resource.relations ?? {})) {
        if (relation.kind !== 'one' || resource.filters?.[name] !== undefined) continue;
        const target = stage.server.registry.get(relation.type);
        for (const { who, person } of [owner, as('shared_read'), as('project_reader'), as('stranger')]) {
          const rows = thingsOf(stage.world, resource).filter((row) => mayDo(model, who, resource.type, 'read', row));
          for (const row of rows.slice(0, 5)) {
            const other = (stage.world.rows.get(target.table) ?? []).find((entry) => entry['id'] === row[relation.by!]);
            if (other === undefined || typeof other['name'] !== 'string') continue;
            const known = mayDo(model, who, target.type, 'read', other);
            for (const value of [other['name'], other['id']]) {
              const project = row['project_id'] === undefined ? '' : `&project=${row['project_id']}`;
              const shown = ids(await person.get(`/${resource.path}?size=1000${project}&${name}=${encodeURIComponent(`equals:${String(value)}`)}`));
              expect(shown.includes(row['id']), `${resource.path} by ${name} ${String(value)}`).toBe(known);
            }
          }
        }
      }
    }
  }, 60_000);

  test('or never widens what and shows', async () => {
    for (const [i, principal] of stage.principals.entries())
      for (const resource of lists()) {
        if (dialect === 'postgres' && i % 4 !== 0) continue;
        const [first, second] = ['id=isnotnull:', 'created=isnotnull:'];
        const answer = await principal.person.get(`/${resource.path}?size=1000&logical_operator=or&${first}&${second}`);
        if (answer.status !== 200) continue;
        const may = new Set(readable(principal, resource));
        expect(
          ids(answer).filter((id) => !may.has(id)),
          `${principal.name} ${resource.path}`,
        ).toEqual([]);
      }
  }, 60_000);

  test('asking by what cannot be seen is like asking by what is not there', async () => {
    const { world } = stage;
    const names = [...world.rows]
      .flatMap(([table, rows]) => (table === 'session' ? [] : rows.slice(-8)))
      .flatMap((row) => [row['name'], row['id'], row['email'], row['full_name']])
      .filter((value): value is string => typeof value === 'string' && value.length > 3);
    const wrong: string[] = [];
    let compared = 0;
    for (const [i, resource] of lists().entries()) {
      if (dialect === 'postgres' && i % 4 !== 0) continue;
      const { person } = stage.specialist(resource.type);
      const base = `/${resource.path}?size=1000`;
      const all = await person.get(`${base}&hydrate=true`);
      expect([resource.path, all.status, all.text.slice(0, 200)]).toEqual([resource.path, 200, expect.anything()]);
      const hidden = [...new Set(names)].filter((value) => !all.text.includes(value));
      for (const [name, filter] of Object.entries(filtersOf(resource))) {
        if (filter.kind !== 'text' && filter.kind !== 'uuid') continue;
        // All of them at once: none may make a difference.
        for (const sign of ['oneof:', 'notoneof:']) {
          const ask = async (values: readonly string[]) => person.get(`${base}&${name}=${encodeURIComponent(sign + JSON.stringify(values))}`);
          const [there, absent] = [await ask(hidden), await ask([newId(), 'nothing of this name'])];
          compared += 1;
          if (there.status !== absent.status || ids(there).join() !== ids(absent).join())
            wrong.push(`/${resource.path}?${name}=${sign} tells of something that cannot be seen`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(dialect === 'sqlite' ? 400 : 50);
  }, 60_000);
});
