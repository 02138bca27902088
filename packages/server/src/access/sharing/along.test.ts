// What a stack carries with it when it is shared, and what becomes of it when something is made private.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('what goes along, on %s', (dialect) => {
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

  const component = async (who: Person, type: string, more: object = {}) =>
    (await who.post('/components', { name: unused(type), type, flavor: 'local', configuration: type === 'artifact_store' ? { path: '/tmp/x' } : {}, ...more })).body;
  const stackOf = async (who: Person, orchestrator: any, store: any, more: object = {}) => {
    const made = await who.post('/stacks', { name: unused('stack'), components: { orchestrator: [orchestrator.id], artifact_store: [store.id] }, ...more });
    expect(made.status, made.text).toBe(200);
    return made.body;
  };
  const hidden = async (who: Person, thing: any, whom: string) => (await who.get(`/shares/stack/${thing.id}/hidden?${whom}`)).body;
  const shell = async (who: Person, id: string) => (await who.get(`/stacks/${id}`)).body.metadata.components;

  test('a stack says which components would stay hidden, to whom, and shares along those that are named', async () => {
    const [orchestrator, store] = [await component(ann, 'orchestrator', { private: true }), await component(ann, 'artifact_store')];
    const stack = await stackOf(ann, orchestrator, store, { private: true });
    const wanted = [{ type: 'stack_component', label: 'stack component', id: orchestrator.id, name: orchestrator.name, may_share: true, level: 'view' }];
    for (const whom of ['user=ben', 'everyone=true']) expect(await hidden(ann, stack, whom)).toEqual(wanted);
    const team = unused('team');
    await server.admin.post('/teams', { name: team, members: ['ben'] });
    expect(await hidden(ann, stack, `team=${team}`)).toEqual(wanted);
    const alone = await ann.post(`/shares/stack/${stack.id}`, { user: 'ben', level: 'view' });
    expect(alone.body.hidden).toEqual(wanted);
    expect((await shell(ben, stack.id)).orchestrator).toEqual([{ id: orchestrator.id, name: '', permission_denied: true, body: null, metadata: null, resources: null }]);
    const along = await ann.post(`/shares/stack/${stack.id}`, { user: 'ben', level: 'view', along: wanted.map(({ type, id }) => ({ type, id })) });
    expect(along.body.hidden).toEqual([]);
    expect((await shell(ben, stack.id)).orchestrator).toMatchObject([{ name: orchestrator.name, permission_denied: false }]);
    expect((await ben.get(`/components/${orchestrator.id}`)).body.may).toEqual(['read']);
  });

  test('names nothing that the sharer may not read, and shares nothing along that he may not share', async () => {
    const [orchestrator, store] = [await component(server.admin, 'orchestrator', { private: true }), await component(ann, 'artifact_store')];
    await server.admin.post(`/shares/stack_component/${orchestrator.id}`, { user: 'ann', level: 'view' });
    const stack = await stackOf(ann, orchestrator, store, { private: true });
    expect(await hidden(ann, stack, 'user=ben')).toMatchObject([{ id: orchestrator.id, name: orchestrator.name, may_share: false }]);
    const along = [{ type: 'stack_component', id: orchestrator.id }];
    const refused = await ann.post(`/shares/stack/${stack.id}`, { user: 'ben', level: 'view', along });
    expect([refused.status, refused.body.needs]).toEqual([403, 'stack_component:share']);
    expect((await ben.get(`/stacks/${stack.id}`)).status, 'all or nothing').toBe(404);
    await server.admin.del(`/shares/stack_component/${orchestrator.id}?user=ann`);
    expect(await hidden(ann, stack, 'user=ben')).toMatchObject([{ id: orchestrator.id, name: null, may_share: false }]);
  });

  test('making private what others use says what it breaks, as far as one may know, and does it when confirmed', async () => {
    const [orchestrator, store] = [await component(ann, 'orchestrator'), await component(ann, 'artifact_store')];
    const cleo = await server.person(unused('cleo'), { roles: ['developer'] });
    const [seen, unseen] = [await stackOf(cleo, orchestrator, store), await stackOf(cleo, orchestrator, store, { private: true })];
    expect((await ann.get(`/shares/stack_component/${orchestrator.id}/uses`)).body).toEqual({
      things: [{ type: 'stack', label: 'stack', id: seen.id, name: seen.name }],
      more: true,
    });
    const path = `/shares/stack_component/${orchestrator.id}`;
    const refused = await ann.put(path, { general: 'private' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain(seen.name);
    expect(refused.text).not.toContain(unseen.name);
    expect((await ann.get(path)).body.private).toBe(false);
    expect((await ann.put(path, { general: 'private', confirm: true })).body).toMatchObject({ private: true, general: 'private' });
    expect((await shell(cleo, seen.id)).orchestrator).toMatchObject([{ name: '', permission_denied: true }]);
    expect((await ben.put(path, { general: 'shared' })).status).toBe(404);
    expect((await ann.put(path, { general: 'shared' })).body).toMatchObject({ private: false, general: 'shared' });
    expect((await ben.put(path, { general: 'private' })).body.needs).toBe('stack_component:share');
    expect((await server.admin.put(`/shares/stack/${place.stack}`, { general: 'private' })).status, 'nobody owns the default stack').toBe(403);
  });

  test('who holds share by his role may change what is shared, and shut himself out', async () => {
    const pipeline = await makePipeline(ann, place);
    const cleo = await server.person(unused('cleo'), { roles: ['developer'] });
    expect((await cleo.put(`/shares/pipeline/${pipeline.id}`, { general: 'private' })).text).toBe('null');
    expect((await cleo.get(`/pipelines/${pipeline.id}`)).status).toBe(404);
    expect((await server.admin.get(`/pipelines/${pipeline.id}`)).status).toBe(404);
    expect((await ann.get(`/pipelines/${pipeline.id}`)).body.body.private).toBe(true);
    const list = await server.admin.get(`/pipelines?project=${place.project}`);
    expect(list.body.total, 'totals follow').toBe(list.body.items.length);
  });

  test('the setting of the server decides where nobody says what a thing shall be', async () => {
    expect((await server.admin.put('/settings', { default_visibility: 'hidden' })).status).toBe(422);
    expect((await ben.put('/settings', { default_visibility: 'private' })).status).toBe(403);
    expect((await server.admin.put('/settings', { default_visibility: 'private' })).body.body.default_visibility).toBe('private');
    const [closed, open, said] = [await makePipeline(ann, place), await makePipeline(ann, place, { private: false }), await makePipeline(ann, place, { private: null })];
    expect([closed, open, said].map((one) => one.body.private)).toEqual([true, false, true]);
    const tag = (await ann.post('/tags', { name: unused('tag') })).body;
    expect(tag.body.private).toBe(true);
    const [run] = (await postRun(ann, place, await makeSnapshot(ann, place, open))).body;
    expect(run.body.private).toBe(true);
    await server.admin.put('/settings', { default_visibility: 'shared' });
    expect((await makePipeline(ann, place)).body.private).toBe(false);
  });
});
