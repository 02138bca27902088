// How a thing comes to another owner, and that nobody does it in silence.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withOnly } from '../../testing/hostile.ts';
import { makePipeline, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('ownership on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let ann: Person;
  let ben: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    ann = await server.person('ann', { roles: ['developer'] });
    ben = await server.person('ben', { roles: ['guest'] });
  });
  afterAll(() => server.close());

  const secret = (more: object = {}) => makePipeline(ann, place, { private: true, ...more });
  const give = (who: Person, thing: any, body: object) => who.post(`/shares/pipeline/${thing.id}/transfer`, body);
  const take = (who: Person, id: string, body: object = { reason: 'she left' }) => who.post(`/shares/pipeline/${id}/take_over`, body);
  const notices = async (who: Person) => (await who.get('/notices')).body.items;

  test('is given away by the owner alone, to somebody who is active', async () => {
    const thing = await secret();
    await ann.post(`/shares/pipeline/${thing.id}`, { user: 'ben', level: 'manage' });
    const refused = await give(ben, thing, { to: 'ben' });
    expect([refused.status, refused.body.needs]).toEqual([403, undefined]);
    await server.admin.post('/users', { name: 'idle', roles: ['guest'] });
    expect((await give(ann, thing, { to: 'idle' })).status, 'pending').toBe(400);
    expect((await give(ann, thing, { to: 'ann' })).status).toBe(422);
    expect((await give(ann, thing, { to: 'nobody' })).status).toBe(404);
    expect((await give(ann, thing, { to: 'ben', note: 'yours now' })).text).toBe('null');
    expect((await ann.get(`/pipelines/${thing.id}`)).status).toBe(404);
    const seen = (await ben.get(`/shares/pipeline/${thing.id}`)).body;
    expect(seen).toMatchObject({ owner: { name: 'ben' }, shares: [], may: { transfer: true } });
    expect(await notices(ben)).toMatchObject([{ body: { kind: 'received', target_name: thing.name, by_name: 'ann', reason: 'yours now' } }]);
    await ben.del(`/notices/${(await notices(ben))[0].id}`);
    expect(await notices(ben)).toEqual([]);
  });

  test('leaves the former owner what he keeps', async () => {
    const thing = await secret();
    expect((await give(ann, thing, { to: 'ben', keep: 'edit' })).body).toMatchObject({ owner: { name: 'ben' }, mine: { level: 'edit' } });
    expect((await ben.del(`/shares/pipeline/${thing.id}?user=ann`)).status).toBe(200);
    expect((await ann.get(`/pipelines/${thing.id}`)).status).toBe(404);
  });

  test('is taken over by who holds all of it at the server, and the owner and the log are told', async () => {
    const thing = await secret();
    const dev = await server.person(unused('dev'), { roles: ['developer'] });
    expect((await take(dev, thing.id)).body.needs).toBe('ownership:take');
    const clerk = await withOnly(server, unused('clerk'), ['read', 'ownership:take']);
    expect((await take(clerk, thing.id)).body.needs).toBe('pipeline:create');
    expect((await take(server.admin, thing.id, { reason: '  ' })).status).toBe(422);
    expect((await server.admin.get(`/pipelines/${thing.id}`)).status, 'nobody peeks').toBe(404);
    const list = (await server.admin.get('/private_things?project=default')).body;
    expect(list.find((one: any) => one.id === thing.id)).toEqual({
      type: 'pipeline',
      label: 'pipeline',
      id: thing.id,
      created: thing.body.created,
      project_id: place.project,
      owner: { id: expect.any(String), name: 'ann' },
    });
    expect(JSON.stringify(list)).not.toContain(thing.name);
    expect((await dev.get('/private_things')).status).toBe(403);
    const taken = await take(server.admin, thing.id, { reason: 'she left', keep: 'view' });
    expect(taken.body).toMatchObject({ owner: { name: 'admin' }, name: thing.name });
    expect((await ann.get(`/pipelines/${thing.id}`)).body.may).toEqual(['read']);
    expect(await notices(ann)).toMatchObject([{ body: { kind: 'taken_over', target_type: 'pipeline', target_name: thing.name, by_name: 'admin', reason: 'she left' } }]);
    const [row] = (await server.admin.get(`/audit_events?action=take_over&target_id=${thing.id}&outcome=success`)).body.items;
    expect(row.body).toMatchObject({
      actor_name: 'admin',
      target_type: 'pipeline',
      changes: { owner: { before: 'ann', after: 'admin' }, reason: { after: 'she left' } },
    });
    const [refused] = (await server.admin.get(`/audit_events?action=take_over&outcome=denied&size=1&sort_by=desc:created`)).body.items;
    expect(refused.body.actor_name).toBe(clerk.name);
    expect((await take(server.admin, thing.id)).status).toBe(400);
  });

  test('of what nobody owns stays with nobody', async () => {
    expect((await server.admin.post(`/shares/stack/${place.stack}/take_over`, { reason: 'mine' })).status).toBe(403);
  });

  test('lets a project go that held private things of others', async () => {
    const project = (await server.admin.post('/projects', { name: unused('project') })).body;
    const thing = await makePipeline(ann, { ...place, project: project.id }, { private: true });
    expect((await server.admin.del(`/projects/${project.id}`)).status).toBe(403);
    const [found] = (await server.admin.get(`/private_things?project=${project.id}`)).body;
    expect(found.id).toBe(thing.id);
    await take(server.admin, found.id, { reason: 'the project goes' });
    expect((await server.admin.del(`/projects/${project.id}`)).status).toBe(200);
    expect((await notices(ann)).map((one: any) => one.body.reason)).toContain('the project goes');
  });

  test('a notice is its reader’s alone', async () => {
    const [mine] = await notices(ann);
    for (const who of [server.admin, ben]) {
      expect((await who.get(`/notices/${mine.id}`)).status).toBe(404);
      expect((await who.del(`/notices/${mine.id}`)).status).toBe(404);
      expect((await notices(who)).some((one: any) => one.id === mine.id)).toBe(false);
    }
  });
});
