// What a private run writes is as private as the run, although the request that writes it does not name the run.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endStep, makeRun, makeStep, makeVersion, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('what a private run writes, on %s', (dialect) => {
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

  /** Ends what a person left running, so that the next test begins with nothing under way. */
  const write = async (who: Person, name: string, secret: boolean, between?: (version: any) => Promise<void>) => {
    const run = await makeRun(who, place, { a: {} }, { private: secret });
    const step = await makeStep(who, place, run, 'a');
    const version = await makeVersion(who, place, name);
    await between?.(version);
    await endStep(who, step, 'completed', { outputs: { output: [version.id] } });
    return { run, version };
  };
  const sees = async (who: Person, version: any) => (await who.get(`/artifact_versions/${version.id}`)).status;
  const artifact = async (who: Person, name: string) => (await who.get(`/artifacts?project=${place.project}&name=${name}`)).body.items[0];

  test('is hidden from the moment it is written, with the name of its artifact once a step lists it', async () => {
    const name = unused('secret');
    const { run, version } = await write(ann, name, true, async (made) => expect(await sees(ben, made), 'before any step has named it').toBe(404));
    expect([await sees(ann, version), await sees(ben, version), await sees(server.admin, version)]).toEqual([200, 404, 404]);
    expect(await artifact(ben, name)).toBeUndefined();
    expect((await artifact(ann, name)).body.private).toBe(true);
    expect((await ben.get(`/artifact_versions?project=${place.project}&id=${version.id}`)).body.total).toBe(0);
    await ann.post(`/shares/run/${run.id}`, { user: 'ben', level: 'view' });
    expect(await sees(ben, version), 'whoever sees the run sees what it wrote').toBe(200);
    await ann.del(`/shares/run/${run.id}?user=ben`);
    expect(await sees(ben, version)).toBe(404);
  });

  test('stays hidden as a version of a shared artifact, whose newest version is then an earlier one', async () => {
    const name = unused('shared');
    const first = await write(ann, name, false);
    const second = await write(ann, name, true);
    expect([await sees(ben, first.version), await sees(ben, second.version)]).toEqual([200, 404]);
    expect((await artifact(ben, name)).resources).toMatchObject({ latest_version_name: '1', latest_version_id: first.version.id });
    expect((await artifact(ann, name)).resources).toMatchObject({ latest_version_name: '2' });
    const of = (await artifact(ann, name)).id;
    const cleo = await server.person(unused('cleo'), { roles: ['developer'] });
    const refused = await cleo.del(`/artifacts/${of}`);
    expect(refused.status, 'with the artifact would go what is not his to remove').toBe(403);
    await ann.put(`/shares/run/${second.run.id}`, { general: 'shared' });
    expect(await sees(ben, second.version)).toBe(200);
  });

  test('is open where a run that is not private lists it, also while a private one is under way', async () => {
    const waiting = await makeRun(ann, place, { a: {} }, { private: true });
    const step = await makeStep(ann, place, waiting, 'a');
    const { version } = await write(ann, unused('open'), false);
    expect(await sees(ben, version)).toBe(200);
    const other = await write(ben, unused('of-ben'), false);
    expect(await sees(ann, other.version), 'the runs of others close nothing').toBe(200);
    await endStep(ann, step);
  });

  test('stays with its maker when the run is gone, and is seen by nobody else', async () => {
    const { run, version } = await write(ann, unused('kept'), true);
    expect((await ann.del(`/runs/${run.id}`)).status).toBe(200);
    expect([await sees(ann, version), await sees(server.admin, version)]).toEqual([200, 404]);
  });

  test('is not removed by those who clean up, unless it is theirs', async () => {
    const name = unused('pruned');
    await write(ben, name, false);
    const { run, version } = await write(ann, name, true);
    await ann.del(`/runs/${run.id}`);
    await server.admin.del(`/artifact_versions?project_name_or_id=${place.project}`);
    expect(await sees(ann, version)).toBe(200);
  });
});
