// Who may do what about sharing, over HTTP: every kind of person on every route under /shares, with things in every position.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Answer, type Person, type TestServer } from '../../testing/server.ts';

const NOWHERE = '00000000-0000-4000-8000-000000000000';
type Outcome = 200 | 403 | 404 | 422;
interface Cell {
  readonly name: string;
  readonly call: (who: Person, id: string) => Promise<Answer>;
  /** What it asks for beyond reading; null: reading is enough. */
  readonly needs: string | null;
  /** What answers where it is allowed: calls that change nothing are refused for what they say. */
  readonly allowed?: Outcome;
}

describe.each(dialects)('the matrix of sharing on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  const people = new Map<string, Person>();
  const things = new Map<string, { id: string; name: string; general: string }>();
  let other: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    const far = (await server.admin.post('/projects', { name: 'far' })).body;
    const ann = await server.person('ann', { roles: ['developer'] });
    other = await server.person('other');
    people.set('owner', ann).set('administrator', server.admin);
    for (const role of ['developer', 'guest']) people.set(role, await server.person(unused(role), { roles: [role] }));
    people.set('nobody', await server.person(unused('nobody')));
    people.set('in the other project', await server.person(unused('farmer'), { projects: [{ project: 'far', role: 'admin' }] }));
    for (const kind of ['viewer', 'editor', 'manager', 'former manager', 'manager whose share is over', 'manager through a team'])
      people.set(kind, await server.person(unused('sharee')));
    const robot = (await server.admin.post('/service_accounts', { name: 'robot', active: true, roles: [] })).body;
    const key = (await server.admin.post(`/service_accounts/${robot.id}/api_keys`, { name: 'key' })).body.body.key;
    const login = await server.anonymous.post('/login', new URLSearchParams({ grant_type: 'zenml-api-key', password: key }));
    people.set('machine that manages', server.as('robot', login.body.access_token));
    const token = async (name: string, permissions: readonly string[]) =>
      people.set(name, server.as('ann', (await ann.post('/tokens', { name: unused('token'), permissions })).body.body.token));
    await token('owner with a token for reading', ['pipeline:read']);
    await token('owner with a token for something else', ['stack:read', 'me']);
    const team = (await server.admin.post('/teams', { name: 'crew', members: [people.get('manager through a team')!.name] })).body;
    const make = async (name: string, general: string, project: string) => {
      const thing = await makePipeline(ann, { ...place, project }, { private: general === 'private' });
      const give = (to: object, level: string) => ann.post(`/shares/pipeline/${thing.id}`, { level, ...to });
      await give({ user: people.get('viewer')!.name }, 'view');
      await give({ user: people.get('editor')!.name }, 'edit');
      for (const kind of ['manager', 'former manager', 'machine that manages']) await give({ user: people.get(kind)!.name }, 'manage');
      await give({ team: team.name }, 'manage');
      const over = new Date(Date.now() + 5_000).toISOString().slice(0, 23);
      await give({ user: people.get('manager whose share is over')!.name, expires: `${over}000` }, 'manage');
      await ann.del(`/shares/pipeline/${thing.id}?user=${people.get('former manager')!.name}`);
      things.set(name, { id: thing.id, name: thing.name, general });
    };
    await make('shared', 'shared', place.project);
    await make('private', 'private', place.project);
    await make('private in the other project', 'private', far.id);
    server.shift(6);
  });
  afterAll(() => server.close());

  const cells = (general: string): readonly Cell[] => [
    { name: 'GET', call: (who, id) => who.get(`/shares/pipeline/${id}`), needs: null },
    { name: 'GET people', call: (who, id) => who.get(`/shares/pipeline/${id}/people`), needs: 'people' },
    { name: 'GET uses', call: (who, id) => who.get(`/shares/pipeline/${id}/uses`), needs: 'share' },
    { name: 'GET hidden', call: (who, id) => who.get(`/shares/pipeline/${id}/hidden?everyone=true`), needs: 'share' },
    { name: 'POST', call: (who, id) => who.post(`/shares/pipeline/${id}`, { everyone: true, level: 'nonsense' }), needs: 'share', allowed: 422 },
    { name: 'PUT', call: (who, id) => who.put(`/shares/pipeline/${id}`, { general, confirm: true }), needs: 'share' },
    { name: 'DELETE', call: (who, id) => who.del(`/shares/pipeline/${id}?everyone=true`), needs: 'share', allowed: 404 },
    { name: 'transfer', call: (who, id) => who.post(`/shares/pipeline/${id}/transfer`, { to: 'ann' }), needs: 'own', allowed: 422 },
    {
      name: 'membership',
      call: (who, id) => who.post(`/users/resource_membership?resource_type=pipeline&resource_id=${id}&user_id=nobody-here`, '["read"]'),
      needs: 'share',
      allowed: 404,
    },
    {
      name: 'assignment',
      call: (who, id) => who.post('/role_assignments', { role: 'no such', user: 'ann', resource_type: 'pipeline', resource_id: id }),
      needs: 'share',
      allowed: 404,
    },
  ];
  const worded = (answer: Answer, ...names: readonly string[]): string => names.reduce((text, name) => text.replaceAll(name, 'IT'), `${answer.status} ${answer.text}`);

  test('every person gets from every route what the predicate says, and of what is hidden the same as of nothing', async () => {
    const wrong: string[] = [];
    const seen = new Set<Outcome>();
    let turn = 0;
    for (const [kind, who] of people)
      for (const [position, thing] of things) {
        const may: readonly string[] = (await who.get(`/pipelines/${thing.id}`)).body.may ?? [];
        const assignments = (await who.get(`/access/me`)).body;
        for (const cell of cells(thing.general)) {
          if ((turn += 1) % (dialect === 'sqlite' ? 1 : 3) !== 0) continue;
          const where = `${kind}: ${cell.name} of what is ${position}`;
          const answer = await cell.call(who, thing.id);
          const readsAssignments = cell.needs === 'people' && JSON.stringify(assignments).includes('role_assignment:read') && !kind.startsWith('owner');
          const allowed =
            cell.needs === null || (readsAssignments && may.includes('read')) ? may.includes('read') : cell.needs === 'own' ? kind === 'owner' : may.includes('share');
          const expected: Outcome = !may.includes('read') ? 404 : allowed ? (cell.allowed ?? 200) : 403;
          seen.add(expected);
          if (answer.status !== expected) wrong.push(`${where}: ${answer.status} in place of ${expected}: ${answer.text.slice(0, 160)}`);
          if (may.includes('read')) continue;
          if (worded(answer, thing.id) !== worded(await cell.call(who, NOWHERE), NOWHERE)) wrong.push(`${where}: is told apart from nothing: ${answer.text}`);
          if (answer.text.includes(thing.name)) wrong.push(`${where}: tells the name`);
        }
      }
    expect(wrong).toEqual([]);
    expect([...seen].sort()).toEqual([200, 403, 404, 422]);
  }, 120_000);

  test('nobody but who may take over learns anything from trying', async () => {
    for (const [kind, who] of people) {
      if (kind === 'administrator') continue;
      const tries: Answer[] = [];
      for (const id of [...[...things.values()].map((thing) => thing.id), NOWHERE]) tries.push(await who.post(`/shares/pipeline/${id}/take_over`, { reason: 'mine' }));
      expect(new Set(tries.map((answer) => answer.text)).size, kind).toBe(1);
      expect(tries[0]!.status).toBe(403);
      expect((await who.get('/private_things')).status).toBe(403);
    }
  });

  test('nobody is told that other people are there', async () => {
    const manager = people.get('manager')!;
    const thing = things.get('private')!;
    for (const name of ['other', other.name.toUpperCase(), 'nobody-at-all']) {
      const answer = await manager.post(`/shares/pipeline/${thing.id}`, { user: name, level: 'view' });
      expect(worded(answer, name), 'a manager who holds no role sees no accounts').toBe(
        worded(await manager.post(`/shares/pipeline/${thing.id}`, { user: 'nil', level: 'view' }), 'nil'),
      );
    }
  });
});
