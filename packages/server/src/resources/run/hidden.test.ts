// What runs and pipelines must not tell of things that the caller may not see.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeRun, makeSnapshot, makeStep, makeVersion, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('runs on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let alice: Person;
  let bob: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
    alice = await server.person('alice', { roles: ['developer'] });
    bob = await server.person('bob', { roles: ['developer'] });
  });
  afterAll(() => server.close());

  test('are not found by who started the newest one where people cannot be seen', async () => {
    const narrow = await server.person('narrow', { projects: [{ project: 'default', role: 'developer' }] });
    const pipeline = await makePipeline(alice, place);
    await postRun(alice, place, await makeSnapshot(alice, place, pipeline));
    const found = async (person: Person, query: string) => (await person.get(`/pipelines?id=${pipeline.id}&${query}`)).body.total;
    expect((await narrow.get(`/pipelines/${pipeline.id}`)).body.resources.latest_run_user).toMatchObject({ permission_denied: true });
    expect(await found(narrow, 'latest_run_user=startswith:a')).toBe(0);
    expect(await found(bob, 'latest_run_user=startswith:a')).toBe(1);
    expect(await found(bob, 'latest_run_user=bob')).toBe(0);
  });

  test('show a hidden artifact version in the graph, but not what it is', async () => {
    const artifact = (await alice.post('/artifacts', { project: place.project, name: unused('hidden'), private: true })).body;
    const version = await makeVersion(alice, place, artifact.name, { type: 'ModelArtifact' });
    const run = await makeRun(alice, place);
    await makeStep(alice, place, run, 'a', { outputs: { o: [version.id] } });
    const node = async (person: Person) => (await person.get(`/runs/${run.id}/dag`)).body.nodes.find((one: any) => one.type === 'artifact');
    expect(await node(alice)).toMatchObject({ id: version.id, metadata: { type: 'ModelArtifact' } });
    expect(await node(bob)).toEqual({ node_id: `artifact:${version.id}`, type: 'artifact', id: version.id, name: 'o', metadata: {} });
  });

  test('are not found by the components of a hidden stack', async () => {
    const component = async (type: string) => (await alice.get(`/components?type=${type}&name=default`)).body.items[0].id;
    const store = await component('artifact_store');
    const stack = (
      await alice.post('/stacks', { name: unused('hidden'), private: true, components: { orchestrator: [await component('orchestrator')], artifact_store: [store] } })
    ).body;
    const run = (await postRun(alice, place, await makeSnapshot(alice, { ...place, stack: stack.id }, await makePipeline(alice, place)))).body[0];
    const found = async (person: Person) => (await person.get(`/runs?id=${run.id}&stack_component=${store}`)).body.total;
    expect([await found(alice), await found(bob)]).toEqual([1, 0]);
    expect((await bob.get(`/runs/${run.id}`)).body.resources.stack).toMatchObject({ permission_denied: true });
  });
});
