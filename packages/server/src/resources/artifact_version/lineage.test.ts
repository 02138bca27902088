import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endStep, makeRun, makeStep, makeVersion, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('lineage on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let ann: Person;
  let ben: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    [ann, ben] = [await server.person('ann', { roles: ['developer'] }), await server.person('ben', { roles: ['developer'] })];
  });
  afterAll(() => server.close());

  /** A run with a step that reads one version and writes another. */
  const trained = async (who: Person, reads: string, more: object = {}) => {
    const run = await makeRun(who, place, { train: {} }, more);
    const step = await makeStep(who, place, run, 'train', { inputs: { data: [reads] } });
    const written = await makeVersion(who, place, unused('model'));
    await endStep(who, step, 'completed', { outputs: { output: [written.id] } });
    return { run, written };
  };
  const lineage = async (who: Person, id: string) => (await who.get(`/artifact_versions/${id}/lineage`)).body;

  test('names the run that made a version, what that run read, who reads it on, and the models that hold it', async () => {
    const data = await makeVersion(ann, place, unused('data'));
    const first = await trained(ann, data.id);
    const second = await trained(ann, first.written.id);
    const model = (await ann.post('/models', { project: place.project, name: unused('net') })).body;
    const version = (await ann.post('/model_versions', { project: place.project, model: model.id })).body;
    expect((await ann.post('/model_version_artifacts', { model_version: version.id, artifact_version: first.written.id })).status).toBe(200);
    const of = await lineage(ann, first.written.id);
    expect(of.producer).toMatchObject({ run: { id: first.run.id, name: first.run.name }, steps: [{ name: 'train', as: 'output', cached: false }] });
    expect(of.sources.map((one: any) => one.id)).toEqual([data.id]);
    expect(of.consumers).toMatchObject([{ run: { id: second.run.id }, steps: [{ name: 'train', as: 'data' }] }]);
    expect(of.model_versions).toMatchObject([{ id: version.id, body: { model: { name: model.name } } }]);
    expect(await lineage(ann, data.id)).toMatchObject({ producer: null, sources: [], consumers: [{ run: { id: first.run.id } }], model_versions: [] });
  });

  test('leaves out what the caller may not read, and so says nothing of how much there is', async () => {
    const data = await makeVersion(ann, place, unused('data'));
    const hidden = await trained(ann, data.id, { private: true });
    const model = (await ann.post('/models', { project: place.project, name: unused('net'), private: true })).body;
    const version = (await ann.post('/model_versions', { project: place.project, model: model.id })).body;
    await ann.post('/model_version_artifacts', { model_version: version.id, artifact_version: data.id });
    expect((await lineage(ann, data.id)).consumers.length).toBe(1);
    expect(await lineage(ben, data.id)).toEqual({ producer: null, sources: [], reused: [], consumers: [], model_versions: [] });
    // What a private run wrote is as private as the run.
    expect((await ben.get(`/artifact_versions/${hidden.written.id}/lineage`)).status).toBe(404);
    const own = (await ann.post('/artifacts', { project: place.project, name: unused('own'), private: true })).body;
    const secret = await makeVersion(ann, place, own.name);
    expect((await ben.get(`/artifact_versions/${secret.id}/lineage`)).status).toBe(404);
  });

  test('a preview of pruning counts exactly what then goes', async () => {
    const free = [await makeVersion(ann, place, unused('free')), await makeVersion(ann, place, unused('free'))];
    const used = await makeVersion(ann, place, unused('used'));
    await trained(ann, used.id);
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const asked = `project_name_or_id=${place.project}&only_versions=false`;
    expect((await guest.get(`/artifact_versions/prunable?${asked}`)).body).toEqual({ versions: 0, artifacts: 0, items: [], emptied: [] });
    const preview = (await ann.get(`/artifact_versions/prunable?${asked}`)).body;
    const named = preview.items.map((one: any) => one.id);
    expect(named).toEqual(expect.arrayContaining(free.map((one) => one.id)));
    expect(named).not.toContain(used.id);
    expect(preview.emptied.map((one: any) => one.name)).toEqual(expect.arrayContaining(free.map((one) => one.body.artifact.name)));
    const before = (await ann.get('/artifact_versions')).body.total;
    expect((await ann.del(`/artifact_versions?${asked}`)).status).toBe(200);
    expect((await ann.get('/artifact_versions')).body.total).toBe(before - preview.versions);
    expect((await ann.get(`/artifact_versions/prunable?${asked}`)).body.versions).toBe(0);
  });
});
