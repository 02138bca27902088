import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, makeVersion, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('tags on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('are made where they are put, and put on once', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place, { tags: ['one', 'two'] });
    expect(pipeline.resources.tags.map((tag: any) => tag.name)).toEqual(['one', 'two']);
    const changed = await admin.put(`/pipelines/${pipeline.id}`, { add_tags: ['two', 'three'], remove_tags: ['one', 'never'] });
    expect(changed.body.resources.tags.map((tag: any) => tag.name)).toEqual(['three', 'two']);
    const tag = (await admin.get('/tags/two')).body;
    expect(tag).toMatchObject({ body: { exclusive: false }, metadata: { tagged_count: 1 } });
    expect((await admin.get('/pipelines?tags=two')).body.total).toBe(1);
    expect((await admin.get('/pipelines?tags=two&tags=startswith:th')).body.total).toBe(1);
    expect((await admin.get('/pipelines?tags=isnull:')).body.total).toBe(0);
  });

  test('that are exclusive move within their pipeline', async () => {
    const { admin } = server;
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place));
    const other = await makeSnapshot(admin, place, await makePipeline(admin, place));
    const [one] = (await postRun(admin, place, snapshot, { tags: [{ name: 'latest-good', exclusive: true }] })).body;
    const [elsewhere] = (await postRun(admin, place, other, { tags: ['latest-good'] })).body;
    const [two] = (await postRun(admin, place, snapshot, { tags: ['latest-good'] })).body;
    expect((await admin.get('/runs?tags=latest-good&sort_by=asc:created')).body.items.map((run: any) => run.id)).toEqual([elsewhere.id, two.id]);
    expect((await admin.put(`/runs/${one.id}`, { add_tags: [{ name: 'latest-good', exclusive: false }] })).status).toBe(400);
  });

  test('that are exclusive leave nothing that the caller may not change', async () => {
    const { admin } = server;
    const [alice, bob] = [await server.person(unused('alice'), { roles: ['developer'] }), await server.person(unused('bob'), { roles: ['developer'] })];
    const snapshot = await makeSnapshot(admin, place, await makePipeline(admin, place));
    const name = unused('prod');
    const tag = (await admin.post('/tags', { name, exclusive: true })).body;
    const [hidden] = (await postRun(alice, place, snapshot, { private: true, tags: [name] })).body;
    const [open] = (await postRun(bob, place, snapshot)).body;
    for (const refused of [
      await bob.put(`/runs/${open.id}`, { add_tags: [name] }),
      await bob.post('/tag_resources', { tag_id: tag.id, resource_id: open.id, resource_type: 'pipeline_run' }),
      await postRun(bob, place, snapshot, { tags: [name] }),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.text).not.toContain(hidden.id);
      expect(refused.text).not.toContain(hidden.name);
    }
    expect((await alice.get(`/runs/${hidden.id}`)).body.resources.tags).toMatchObject([{ name }]);
    expect((await bob.get(`/runs/${open.id}`)).body.resources.tags).toEqual([]);
    expect((await alice.put(`/runs/${open.id}`, { add_tags: [name] })).body.resources.tags).toMatchObject([{ name }]);
    expect((await alice.get(`/runs/${hidden.id}`)).body.resources.tags).toEqual([]);
    const artifact = unused('artifact');
    const one = await makeVersion(alice, place, artifact, { tags: [name] });
    await makeVersion(alice, place, artifact, { tags: [name] });
    expect((await alice.get(`/artifact_versions/${one.id}`)).body.resources.tags).toEqual([]);
  });

  test('count, and are found by, only what the caller may read', async () => {
    const [alice, bob] = [await server.person(unused('alice'), { roles: ['developer'] }), await server.person(unused('bob'), { roles: ['developer'] })];
    const name = unused('quiet');
    const snapshot = await makeSnapshot(alice, place, await makePipeline(alice, place));
    await postRun(alice, place, snapshot, { private: true, tags: [name] });
    await makePipeline(alice, place, { tags: [name] });
    const seen = async (person: typeof alice) => [
      (await person.get(`/tags/${name}`)).body.metadata.tagged_count,
      (await person.get(`/tags?name=${name}&resource_type=pipeline_run`)).body.total,
      (await person.get(`/tags?name=${name}&resource_type=pipeline`)).body.total,
    ];
    expect(await seen(alice)).toEqual([2, 1, 1]);
    expect(await seen(bob)).toEqual([1, 0, 1]);
  });

  test('say in the audit log what they were put on and taken off, of private things only that there were some', async () => {
    const { admin } = server;
    const alice = await server.person(unused('alice'), { roles: ['developer'] });
    const [open, hidden] = [await makePipeline(alice, place), await makePipeline(alice, place, { private: true })];
    const tag = (await admin.post('/tags', { name: unused('told') })).body;
    const link = (thing: any) => ({ tag_id: tag.id, resource_id: thing.id, resource_type: 'pipeline' });
    await alice.post('/tag_resources', link(open));
    await alice.post('/tag_resources/batch', [link(hidden), link(open)]);
    await alice.del('/tag_resources', link(hidden));
    await alice.del('/tag_resources/batch', [link(open)]);
    const told = async (action: string) => (await admin.get(`/audit_events?action=${action}&sort_by=desc:created&size=1`)).body.items[0].body;
    const of_open = { target_type: 'pipeline', target_id: open.id, target_name: open.name };
    const things = [{ type: 'pipeline', id: open.id, tag_id: tag.id }];
    expect(await told('tag')).toMatchObject({ ...of_open, changes: { things } });
    expect(await told('tag_batch')).toMatchObject({ ...of_open, changes: { things, private: 1 } });
    expect(await told('untag')).toMatchObject({ target_type: 'pipeline', target_id: hidden.id, target_name: null, changes: { things: { private: true } } });
    expect(await told('untag_batch')).toMatchObject({ ...of_open, changes: { things } });
  });

  test('are put on and taken off one by one and in batches, by who may change the thing', async () => {
    const { admin } = server;
    const pipeline = await makePipeline(admin, place);
    const tag = (await admin.post('/tags', { name: `t-${dialect}`, color: 'red' })).body;
    const link = { tag_id: tag.id, resource_id: pipeline.id, resource_type: 'pipeline' };
    const made = await admin.post('/tag_resources', link);
    expect(made.body.body).toMatchObject(link);
    const batch = await admin.post('/tag_resources/batch', [link, link]);
    expect(batch.body.map((one: any) => one.id)).toEqual([made.body.id, made.body.id]);
    const guest = await server.person(`guest-${dialect}`, { roles: ['guest'] });
    expect((await guest.post('/tag_resources', link)).status).toBe(403);
    expect((await admin.del('/tag_resources', link)).text).toBe('null');
    expect((await admin.del('/tag_resources/batch', [link])).text).toBe('null');
    expect((await admin.get(`/pipelines/${pipeline.id}`)).body.resources.tags).toEqual([]);
    expect((await admin.post('/tags', { name: `t-${dialect}` })).status).toBe(409);
  });
});
