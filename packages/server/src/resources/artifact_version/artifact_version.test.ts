import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRun, makeVersion, placeOf, unused, versionRequest, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('artifact versions on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  test('are counted, or named; what is taken is refused', async () => {
    const { admin } = server;
    const name = unused('artifact');
    expect((await makeVersion(admin, place, name)).body.version).toBe('1');
    expect((await makeVersion(admin, place, name, { version: 7 })).body.version).toBe('7');
    expect((await makeVersion(admin, place, name, { version: 'mine' })).body.version).toBe('mine');
    expect((await makeVersion(admin, place, name)).body.version).toBe('8');
    expect((await admin.post('/artifact_versions', versionRequest(place, name, { version: 'mine' }))).status).toBe(409);
    const [artifact] = (await admin.get(`/artifacts?name=${name}`)).body.items;
    expect(artifact.resources).toMatchObject({ latest_version_name: '8', latest_version_type: 'DataArtifact' });
    expect((await admin.get(`/artifact_versions?artifact=${name}&version_number=gte:7&sort_by=desc:version_number`)).body.items.map((v: any) => v.body.version)).toEqual([
      '8',
      '7',
    ]);
  });

  test('made by ten at once get ten numbers and one artifact', async () => {
    const name = unused('race');
    const made = await Promise.all(Array.from({ length: 10 }, () => makeVersion(server.admin, place, name)));
    expect(made.map((version) => Number(version.body.version)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('of an artifact that is hidden are not made, and its id is not told', async () => {
    const [alice, bob] = [await server.person(unused('alice'), { roles: ['developer'] }), await server.person(unused('bob'), { roles: ['developer'] })];
    const hidden = (await alice.post('/artifacts', { project: place.project, name: unused('hidden'), private: true })).body;
    const refused = await bob.post('/artifact_versions', versionRequest(place, hidden.name));
    expect([refused.status, refused.text.includes(hidden.name), refused.text.includes(hidden.id)]).toEqual([404, true, false]);
  });

  test('come in one batch, in order, all or none', async () => {
    const { admin } = server;
    const name = unused('batch');
    const batch = await admin.post('/artifact_versions/batch', [versionRequest(place, name, { tags: ['t1'], metadata: { f: 1.5 } }), versionRequest(place, name)]);
    expect(batch.body.map((version: any) => version.body.version)).toEqual(['1', '2']);
    expect(batch.body[0]).toMatchObject({ resources: { tags: [{ name: 't1' }] }, metadata: { run_metadata: { f: 1.5 } } });
    const broken = await admin.post('/artifact_versions/batch', [versionRequest(place, name), versionRequest(place, name, { version: '1' })]);
    expect(broken.status).toBe(409);
    expect((await admin.get(`/artifact_versions?artifact=${name}`)).body.total).toBe(2);
  });

  test('keep numbers as they were written, and the newest value of a key', async () => {
    const { admin } = server;
    const text = JSON.stringify(versionRequest(place, unused('numbers'), { metadata: { f: 'F', d: { inner: 'F' } } })).replaceAll('"F"', '1.0');
    const made = await admin.post('/artifact_versions', text as never);
    expect(made.text).toContain('"f":1.0');
    expect(made.text).toContain('"inner":1.0');
    const add = (value: string) =>
      admin.post(
        '/run-metadata',
        JSON.stringify({ project: place.project, resources: [{ id: made.body.id, type: 'artifact_version' }], values: { f: 'V' }, types: { f: 'float' } }).replace(
          '"V"',
          value,
        ) as never,
      );
    expect((await add('2.0')).text).toBe('null');
    await add('3.0');
    expect((await admin.get(`/artifact_versions/${made.body.id}`)).text).toContain('"f":3.0');
    expect((await admin.get('/artifact_versions?run_metadata=f:gt:2.5')).body.items.map((v: any) => v.id)).toEqual([made.body.id]);
    expect(
      (
        await admin.post('/run-metadata', {
          project: place.project,
          resources: [{ id: made.body.id, type: 'artifact_version' }],
          values: { 'a:b': 1 },
          types: { 'a:b': 'int' },
        })
      ).status,
    ).toBe(422);
  });

  test('a name of one’s own turns on and never off', async () => {
    const { admin } = server;
    const name = unused('custom');
    const first = await makeVersion(admin, place, name, { has_custom_name: false });
    await makeVersion(admin, place, name, { has_custom_name: true });
    await makeVersion(admin, place, name, { has_custom_name: false });
    expect((await admin.get(`/artifacts/${first.body.artifact.id}`)).body.metadata.has_custom_name).toBe(true);
  });

  test('of a private artifact are seen and made by its owner alone', async () => {
    const { admin } = server;
    const [alice, bob] = [await server.person(unused('ann'), { roles: ['developer'] }), await server.person(unused('ben'), { roles: ['developer'] })];
    const artifact = (await alice.post('/artifacts', { project: place.project, name: unused('own'), private: true })).body;
    const version = await makeVersion(alice, place, artifact.name);
    expect((await bob.get(`/artifact_versions/${version.id}`)).status).toBe(404);
    expect((await bob.post('/artifact_versions', versionRequest(place, artifact.name))).status).toBe(404);
    expect((await admin.get(`/artifact_versions?artifact=${artifact.name}`)).body.total).toBe(0);
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    expect((await guest.post('/artifact_versions', versionRequest(place, unused('new')))).status).toBe(403);
  });

  test('that a run or a hook gave out are in use', async () => {
    const { admin } = server;
    const [given, hooked, loose] = await Promise.all(['given', 'hooked', 'loose'].map((word) => makeVersion(admin, place, unused(word))));
    const run = await makeRun(admin, place, {}, { status: 'running' });
    expect((await admin.put(`/runs/${run.id}`, { outputs: { result: given.id } })).status).toBe(200);
    const hook = { project: place.project, hook_type: 'run_start', name: 'h', status: 'completed', start_time: '2026-11-23T09:03:09', pipeline_run_id: run.id };
    const called = await admin.post('/hook_invocations', { ...hook, outputs: { result: [hooked.id] } });
    expect(called.status, called.text).toBe(200);
    const listed = (await admin.get('/artifact_versions?only_unused=true&size=500')).body.items.map((one: any) => one.id);
    expect([given, hooked, loose].map((one) => listed.includes(one.id))).toEqual([false, false, true]);
    for (const one of [given, hooked]) expect((await admin.del(`/artifact_versions/${one.id}`)).status).toBe(400);
    expect((await admin.del(`/artifact_versions?project_name_or_id=${place.project}`)).status).toBe(200);
    const left = await Promise.all([given, hooked, loose].map(async (one) => (await admin.get(`/artifact_versions/${one.id}`)).status));
    expect(left).toEqual([200, 200, 404]);
  });

  test('that nothing uses are pruned', async () => {
    const { admin } = server;
    await makeVersion(admin, place, unused('prune'));
    expect((await admin.del(`/artifact_versions?project_name_or_id=${place.project}&only_versions=False`)).text).toBe('null');
    expect((await admin.get('/artifact_versions?only_unused=True')).body.total).toBe(0);
    expect((await admin.get('/artifacts?name=startswith:prune')).body.total).toBe(0);
  });
});
