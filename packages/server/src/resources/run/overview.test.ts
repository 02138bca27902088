import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeRun, placeOf, type Place } from '../../testing/pipelines.ts';
import { dialects, PASSWORD, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('what one comes in to on %s', (dialect) => {
  let server: TestServer;
  let here: Place;
  let there: Place;
  let ann: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    here = await placeOf(server.admin);
    there = { ...here, project: (await server.admin.post('/projects', { name: 'other' })).body.id };
    ann = await server.person('ann', { roles: ['developer'] });
  });
  afterAll(() => server.close());
  const ids = (list: any[]) => list.map((one) => one.id);
  const overview = async (who: Person) => (await who.get('/overview')).body;

  test('is empty at first, and tells what has been begun', async () => {
    expect(await overview(server.admin)).toEqual({ recent: [], failing: [], mine: [], started: { people: true, teams: false, runs: false } });
  });

  test('runs of all projects, newest first: all, those that failed, one’s own', async () => {
    const one = await makeRun(server.admin, here);
    const two = await makeRun(ann, there, { a: {} }, { status: 'failed' });
    const three = await makeRun(ann, here);
    const of = await overview(ann);
    expect(ids(of.recent)).toEqual([three.id, two.id, one.id]);
    expect(ids(of.failing)).toEqual([two.id]);
    expect(ids(of.mine)).toEqual([three.id, two.id]);
    expect(of.recent[0]).toMatchObject({ metadata: { start_time: expect.any(String) }, resources: { user: { name: 'ann' } } });
    expect(of.recent[0].may).toContain('read');
    expect(of.started).toEqual({ people: true, teams: false, runs: true });
  });

  test('only what one may read: not what is private, not other projects', async () => {
    const hidden = await makeRun(ann, here, { a: {} }, { private: true, status: 'failed' });
    expect(ids((await overview(ann)).recent)).toContain(hidden.id);
    expect(ids((await overview(server.admin)).recent)).not.toContain(hidden.id);
    expect(ids((await overview(server.admin)).failing)).not.toContain(hidden.id);
    const narrow = await server.person('narrow', { roles: [], projects: [{ project: 'other', role: 'guest' }] });
    const of = await overview(narrow);
    expect(of.recent.length).toBe(1);
    expect(of.recent[0].body.project_id).toBe(there.project);
    expect(of.started).toEqual({ people: false, teams: false, runs: true });
    const nobody = await server.person('nobody', { roles: [] });
    expect(await overview(nobody)).toMatchObject({ recent: [], failing: [], mine: [] });
  });

  test('a failure is no news after a week', async () => {
    expect((await overview(ann)).failing.length).toBeGreaterThan(0);
    server.shift(8 * 86_400);
    const login = await server.anonymous.post('/login', new URLSearchParams({ username: 'ann', password: PASSWORD }));
    const later = await overview(server.as('ann', login.body.access_token));
    expect([later.failing, later.mine.length > 0]).toEqual([[], true]);
    server.shift(-8 * 86_400);
  });

  test('a list of project * shows and counts what lies in all projects, for each as far as he may read', async () => {
    await makePipeline(server.admin, there, { name: 'far' });
    const all = (await server.admin.get('/pipelines?project=*&size=100')).body;
    const apart = await Promise.all(['default', 'other'].map(async (name) => (await server.admin.get(`/pipelines?project=${name}&size=100`)).body));
    expect(all.total).toBe(apart[0].total + apart[1].total);
    expect(ids(all.items).toSorted()).toEqual(apart.flatMap((page) => ids(page.items)).toSorted());
    const narrow = await server.person('narrower', { roles: [], projects: [{ project: 'other', role: 'guest' }] });
    const seen = (await narrow.get('/pipelines?project=*')).body;
    expect([seen.total, seen.items.every((one: any) => one.body.project_id === there.project)]).toEqual([apart[1].total, true]);
    expect((await narrow.get('/pipelines?project=*&name=far')).body.total).toBe(1);
  });
});
