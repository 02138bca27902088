import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeRun, makeSnapshot, makeStep, makeVersion, placeOf, postRun, postStep, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('model versions on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());
  const makeModel = async (person: Person, more: object = {}) => (await person.post('/models', { project: place.project, name: unused('model'), ...more })).body;
  const post = (person: Person, model: any, more: object = {}) => person.post('/model_versions', { project: place.project, model: model.id, ...more });

  test('are counted and named; numbers and stages are no names', async () => {
    const { admin } = server;
    const model = await makeModel(admin);
    const one = await post(admin, model, { tags: ['good'] });
    expect(one.body).toMatchObject({
      name: '1',
      body: { number: 1, stage: null, model: { id: model.id } },
      resources: { tags: [{ name: 'good' }], services: { total: 0 } },
    });
    expect((await post(admin, model, { name: 'mine' })).body).toMatchObject({ name: 'mine', body: { number: 2 } });
    expect((await post(admin, model, { name: 'mine' })).status).toBe(409);
    for (const name of ['12', 'production', 'latest']) expect((await post(admin, model, { name })).status, name).toBe(400);
    const raced = await Promise.all(Array.from({ length: 6 }, () => post(admin, model)));
    expect(raced.map((answer) => answer.body.body.number).sort()).toEqual([3, 4, 5, 6, 7, 8]);
    expect((await admin.get(`/models/${model.name}/model_versions`)).body.total).toBe(8);
    expect((await admin.get(`/models/${model.id}/model_versions?name=mine`)).body.total).toBe(1);
  });

  test('hold a stage one at a time; whoever insists archives the other', async () => {
    const { admin } = server;
    const model = await makeModel(admin);
    const [one, two] = [(await post(admin, model)).body, (await post(admin, model)).body];
    expect((await admin.put(`/model_versions/${one.id}`, { stage: 'production', description: null })).body.body.stage).toBe('production');
    const taken = await admin.put(`/model_versions/${two.id}`, { stage: 'production' });
    expect([taken.status, taken.body.detail[0]]).toEqual([500, 'RuntimeError']);
    expect((await admin.put(`/model_versions/${two.id}`, { stage: 'production', force: true })).status).toBe(200);
    expect((await admin.get(`/model_versions/${one.id}`)).body.body.stage).toBe('archived');
    expect((await admin.put(`/model_versions/${two.id}`, { stage: 'latest' })).status).toBe(422);
  });

  test('change their stage only by who may promote the model', async () => {
    const { admin } = server;
    const name = unused('editor');
    await admin.post('/roles', { name, permissions: ['read', 'me', 'model:update'] });
    const editor = await server.person(unused('ed'), { roles: [name] });
    const version = (await post(admin, await makeModel(admin))).body;
    expect((await editor.put(`/model_versions/${version.id}`, { description: 'better' })).status).toBe(200);
    const refused = await editor.put(`/model_versions/${version.id}`, { stage: 'staging' });
    expect([refused.status, refused.body.needs]).toEqual([403, 'model:promote']);
    const hidden = (await post(admin, await makeModel(admin, { private: true }))).body;
    expect((await editor.get(`/model_versions/${hidden.id}`)).status).toBe(404);
  });

  test('are made by a run that names a model: one a run, not one a step', async () => {
    const { admin } = server;
    const name = unused('made');
    const run = await makeRun(
      admin,
      place,
      { a: { model: { name, version: null } }, b: { model: { name, version: null } } },
      {},
      { model: { name: `${name}`, version: null, tags: ['m'], license: 'MIT' } },
    );
    expect(run.resources.model_version).toMatchObject({ name: '1', body: { model: { name } } });
    const step = await makeStep(admin, place, run, 'a');
    await makeStep(admin, place, run, 'b');
    expect(step.body.model_version_id).toBe(run.resources.model_version.id);
    const versions = (await admin.get(`/model_versions?model=${name}`)).body;
    expect(versions.total).toBe(1);
    expect((await admin.get(`/model_version_pipeline_runs?model_version_id=${versions.items[0].id}`)).body.items).toMatchObject([
      { body: { model_version: versions.items[0].id, pipeline_run: { id: run.id } } },
    ]);
    expect((await admin.get(`/runs?model=${name}`)).body.total).toBe(1);
    expect((await admin.get(`/models?name=${name}&hydrate=True`)).body.items[0]).toMatchObject({ metadata: { license: 'MIT' }, resources: { latest_version_name: '1' } });
  });

  test('made by a run of a private pipeline stay with its owner', async () => {
    const { admin } = server;
    const name = unused('quiet');
    const dev = await server.person(unused('dev'), { roles: ['developer'] });
    const snapshot = await makeSnapshot(dev, place, await makePipeline(dev, place, { private: true }), { a: { model: { name } } });
    const [run] = (await postRun(dev, place, snapshot)).body;
    await makeStep(dev, place, run, 'a');
    expect((await dev.get(`/model_versions?model=${name}`)).body.total).toBe(1);
    expect((await admin.get(`/model_versions?model=${name}`)).body.total).toBe(0);
    expect((await admin.get(`/models?name=${name}`)).body.total).toBe(0);
  });

  test('that are there note the runs of whoever may read the model; only who may change it makes new ones', async () => {
    const { admin } = server;
    const role = unused('runner');
    await admin.post('/roles', { name: role, permissions: ['read', 'me', 'pipeline:create', 'run:create'] });
    const carl = await server.person(unused('carl'), { roles: [role] });
    const model = await makeModel(admin);
    const there = (await post(admin, model, { name: 'there' })).body;
    const using = async (version: string | null, step = false) =>
      makeSnapshot(
        carl,
        place,
        await makePipeline(carl, place),
        { a: step ? { model: { name: model.name, version } } : {} },
        step ? {} : { model: { name: model.name, version } },
      );
    const [run] = (await postRun(carl, place, await using('there'))).body;
    const [other] = (await postRun(carl, place, await using('there', true))).body;
    await makeStep(carl, place, other, 'a');
    const linked = (await admin.get(`/model_version_pipeline_runs?model_version_id=${there.id}`)).body.items;
    expect(linked.map((link: any) => link.body.pipeline_run.id).sort()).toEqual([run.id, other.id].sort());
    for (const version of [null, 'new']) {
      const refused = await postRun(carl, place, await using(version));
      expect([refused.status, refused.body.needs]).toEqual([403, 'model:update']);
      const [plain] = (await postRun(carl, place, await using(version, true))).body;
      expect((await postStep(carl, place, plain, 'a')).body.needs).toBe('model:update');
    }
    expect((await admin.get(`/model_versions?model=${model.name}`)).body.total).toBe(1);
  });

  test('of a model that is hidden are asked for in vain, and its id is not told', async () => {
    const [alice, bob] = [await server.person(unused('alice'), { roles: ['developer'] }), await server.person(unused('bob'), { roles: ['developer'] })];
    const hidden = await makeModel(alice, { private: true });
    const refused = await postRun(bob, place, await makeSnapshot(bob, place, await makePipeline(bob, place), { a: {} }, { model: { name: hidden.name, version: null } }));
    expect([refused.status, refused.text.includes(hidden.name), refused.text.includes(hidden.id)]).toEqual([404, true, false]);
  });

  test('let go of what the caller cannot read by its id, not by a name that he guessed', async () => {
    const [alice, bob] = [await server.person(unused('alice'), { roles: ['developer'] }), await server.person(unused('bob'), { roles: ['developer'] })];
    const version = (await post(bob, await makeModel(bob), { name: 'mine' })).body;
    const artifact = (await alice.post('/artifacts', { project: place.project, name: unused('hidden'), private: true })).body;
    const made = await makeVersion(alice, place, artifact.name);
    const run = await makeRun(alice, place, { a: {} }, { private: true });
    await alice.post('/model_version_artifacts', { model_version: version.id, artifact_version: made.id });
    await alice.post('/model_version_pipeline_runs', { model_version: version.id, pipeline_run: run.id });
    for (const path of [`artifacts/${artifact.name}`, `runs/${run.name}`]) expect((await bob.del(`/model_versions/${version.id}/${path}`)).status, path).toBe(404);
    expect((await bob.del(`/model_versions/${version.id}/artifacts/${made.id}`)).status).toBe(200);
    expect((await alice.del(`/model_versions/${version.id}/runs/${run.name}`)).status).toBe(200);
  });

  test('by number or stage must be there: else the run is not made', async () => {
    const { admin } = server;
    const name = unused('ask');
    const snapshot = (version: string | number) =>
      makePipeline(admin, place).then((pipeline) => makeSnapshot(admin, place, pipeline, { a: {} }, { model: { name, version } }));
    const run_name = unused('lost');
    const missing = await postRun(admin, place, await snapshot('production'), { name: run_name });
    expect([missing.status, missing.body.detail[0]]).toEqual([404, 'KeyError']);
    expect((await admin.get(`/runs?name=${run_name}`)).body.total).toBe(0);
    const [made] = (await postRun(admin, place, await snapshot('v-{date}'))).body;
    expect(made.resources.model_version.name).toBe('v-2026_11_23');
    const [again] = (await postRun(admin, place, await snapshot('latest'))).body;
    const [third] = (await postRun(admin, place, await snapshot(1))).body;
    expect([again.resources.model_version.id, third.resources.model_version.id]).toEqual([made.resources.model_version.id, made.resources.model_version.id]);
  });

  test('are linked to artifacts once, found by them, and let go', async () => {
    const { admin } = server;
    const version = (await post(admin, await makeModel(admin))).body;
    const artifact = await makeVersion(admin, place, unused('linked'), { type: 'ModelArtifact' });
    const link = () => admin.post('/model_version_artifacts', { model_version: version.id, artifact_version: artifact.id });
    const [first, second] = [await link(), await link()];
    expect(first.body.id).toBe(second.body.id);
    expect(first.body.body).toMatchObject({ model_version: version.id, artifact_version: { id: artifact.id, body: { artifact: { id: artifact.body.artifact.id } } } });
    const found = async (query: string) => (await admin.get(`/model_version_artifacts?model_version_id=${version.id}&${query}`)).body.total;
    expect(await found('only_model_artifacts=True')).toBe(1);
    expect(await found('only_data_artifacts=True')).toBe(0);
    expect(await found(`artifact_name=${artifact.body.artifact.name}`)).toBe(1);
    expect((await admin.get(`/artifact_versions?model_version_id=${version.id}`)).body.total).toBe(1);
    expect((await admin.del(`/model_versions/${version.id}/artifacts/${artifact.body.artifact.name}`)).text).toBe('null');
    expect((await admin.del(`/model_versions/${version.id}/artifacts/${artifact.body.artifact.name}`)).status).toBe(404);
  });
});
