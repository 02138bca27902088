import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';
import { judgeConfiguration } from '../stack_component/configuration.ts';
import flavors from '../../seeds/flavors.json' with { type: 'json' };

describe.each(dialects)('stacks on %s', (dialect) => {
  let server: TestServer;
  const idOf = async (person: Person, type: string, name = 'default'): Promise<string> => (await person.get(`/components?type=${type}&name=${name}`)).body.items[0].id;
  const component = async (person: Person, name: string, extra: object = {}) => {
    const made = await person.post('/components', { name, type: 'artifact_store', flavor: 'local', configuration: { path: `/tmp/${name}` }, ...extra });
    expect(made.status, made.text).toBe(200);
    return made.body;
  };
  const stack = async (person: Person, name: string, extra: object = {}) =>
    person.post('/stacks', {
      name,
      components: { artifact_store: [await idOf(person, 'artifact_store')], orchestrator: [await idOf(person, 'orchestrator')] },
      ...extra,
    });

  beforeAll(async () => {
    server = await testServer(dialect);
  });
  afterAll(() => server.close());

  test('every flavor that the client knows is there, with where its code is', async () => {
    const { body } = await server.admin.get('/flavors?size=1000&hydrate=true');
    expect(body.total).toBe(82);
    for (const flavor of flavors) {
      const found = body.items.find((item: any) => item.name === flavor.name && item.body.type === flavor.type);
      expect(found.body).toMatchObject({ source: flavor.source, is_custom: false, user_id: null, display_name: flavor.display_name });
      expect(found.metadata.config_schema).toEqual(flavor.config_schema);
    }
    const scoped = '/components?scope_type=orchestrator&logical_operator=or&name=default&flavor=local';
    expect((await server.admin.get(scoped)).body.total).toBe(1);
    expect((await server.admin.get('/component-types')).body).toHaveLength(15);
  });

  test('the default stack is as the client expects it, for a person who sees one project only as well', async () => {
    const guest = await server.person('guest', { roles: ['guest'] });
    const narrow = await server.person('narrow', { projects: [{ project: 'default', role: 'developer' }] });
    for (const person of [server.admin, guest, narrow]) {
      const { body } = await person.get('/stacks?name=default&hydrate=true');
      expect(body.total, person.name).toBe(1);
      expect(Object.keys(body.items[0].metadata.components).sort()).toEqual(['artifact_store', 'deployer', 'orchestrator']);
      expect(body.items[0].metadata.components.orchestrator[0]).toMatchObject({
        name: 'default',
        permission_denied: false,
        metadata: null,
        body: { type: 'orchestrator', flavor_name: 'local' },
      });
      const parts = (await person.get(`/components?stack_id=${body.items[0].id}&hydrate=true`)).body.items;
      expect(parts).toHaveLength(3);
      expect(parts[0].resources.flavor.body.source).toMatch(/^zenml\./);
    }
    const nobody = await server.person('nobody');
    expect((await nobody.get('/stacks')).body.total).toBe(0);
    expect((await guest.post('/stacks', { name: 'x' })).body).toMatchObject({ needs: 'stack:create' });
    expect((await narrow.post('/stacks', { name: 'x', components: {} })).body).toMatchObject({ needs: 'stack:create' });
  });

  test('what came with the server stays as it is', async () => {
    const { admin } = server;
    const own = (await admin.get('/stacks?name=default')).body.items[0].id;
    const local = (await admin.get('/flavors?name=local')).body.items[0].id;
    const part = await idOf(admin, 'orchestrator');
    for (const path of [`/stacks/${own}`, `/components/${part}`, `/flavors/${local}`]) {
      expect((await admin.put(path, { name: 'other' })).status).toBe(403);
      expect((await admin.del(path)).status).toBe(403);
    }
  });

  test('a stack is made, found by its parts, changed and removed', async () => {
    const { admin } = server;
    const [one, two] = [await component(admin, 'one'), await component(admin, 'two')];
    const orchestrator = await idOf(admin, 'orchestrator');
    const [a, b] = [
      await component(admin, 'a', { type: 'step_operator', flavor: 'modal', configuration: {} }),
      await component(admin, 'b', { type: 'step_operator', flavor: 'modal', configuration: {} }),
    ];
    const made = await admin.post('/stacks', {
      name: 'own',
      labels: { a: 1 },
      components: { orchestrator: [orchestrator], artifact_store: [two.id], step_operator: [b.id, a.id] },
    });
    expect(made.status, made.text).toBe(200);
    expect(made.body.metadata).toMatchObject({ labels: { a: 1 }, environment: {}, description: '', secrets: [] });
    expect(made.body.metadata.components.step_operator.map((part: any) => part.name)).toEqual(['b', 'a']);
    expect((await admin.get('/stacks?component=two')).body.items.map((item: any) => item.name)).toEqual(['own']);
    expect((await admin.get(`/stacks?component_id=${orchestrator}&sort_by=name`)).body.items.map((item: any) => item.name)).toEqual(['default', 'own']);
    expect((await admin.get(`/components?stack_id=${made.body.id}&sort_by=name`)).body.items.map((item: any) => item.name)).toEqual(['a', 'b', 'default', 'two']);
    expect((await admin.del(`/components/${two.id}`)).body.detail[1]).toContain('part of a stack');
    const changed = await admin.put(`/stacks/${made.body.id}`, { description: 'mine', components: { orchestrator: [orchestrator], artifact_store: [one.id] } });
    expect(changed.body.metadata.components.artifact_store.map((part: any) => part.id)).toEqual([one.id]);
    expect((await admin.del(`/components/${two.id}`)).status).toBe(200);
    const { body } = await admin.get('/audit_events?target_type=stack&action=update&outcome=success&hydrate=true');
    expect(JSON.stringify(body.items)).toContain('component_ids');
    expect((await admin.del(`/stacks/${made.body.id}`)).status).toBe(200);
    expect((await admin.del(`/components/${one.id}`)).status).toBe(200);
    expect((await admin.del(`/stacks/${made.body.id}`)).status).toBe(404);
  });

  test('components are made along with the stack, all or none', async () => {
    const { admin } = server;
    const inline = (path: unknown) => ({
      name: 'whole',
      components: { orchestrator: [{ flavor: 'local', configuration: {} }], artifact_store: [{ flavor: 'local', configuration: { path } }] },
    });
    expect((await admin.post('/stacks', inline(5))).status).toBe(422);
    expect((await admin.get('/components?name=whole')).body.total).toBe(0);
    const made = await admin.post('/stacks', inline('/tmp/whole'));
    expect(made.status, made.text).toBe(200);
    expect((await admin.get('/components?name=whole')).body.total).toBe(2);
  });

  test('what cannot run is refused, in words', async () => {
    const { admin } = server;
    const store = await idOf(admin, 'artifact_store');
    const words = async (components: unknown) => {
      const { status, body } = await admin.post('/stacks', { name: 'bad', components });
      return `${status} ${body.detail[1]}`;
    };
    expect(await words({ artifact_store: [store] })).toBe('422 A stack needs an orchestrator and an artifact store; components names no orchestrator');
    expect(await words({ artifact_store: [store, store], orchestrator: [store] })).toMatch(/^422 A stack has one artifact store/);
    expect(await words({ artifact_store: [store], orchestrator: [store] })).toMatch(/^422 .*is of the type artifact_store/);
    expect(await words({ artifact_store: [store], orchestrator: ['0197aaaa-0000-7000-8000-000000000000'] })).toMatch(/^404 /);
    expect(await words({ artifact_store: [store], orchestrators: [store] })).toMatch(/^422 .*did you mean 'orchestrator'/);
    expect(await stack(admin, 'default').then(({ status, body }) => `${status} ${body.detail[0]}`)).toBe('409 EntityExistsError');
  });

  test('a configuration must fit its flavor', async () => {
    const { admin } = server;
    const words = async (flavor: string, configuration: object, type = 'artifact_store') =>
      (await admin.post('/components', { name: 'c', type, flavor, configuration })).body.detail?.[1] ?? 'good';
    expect(await words('local', { pth: '/tmp' })).toContain("unknown field 'pth'; did you mean 'path'?");
    expect(await words('s3', {})).toContain('path is missing');
    expect(await words('s3', { path: 's3://x', client_kwargs: 'no' })).toContain('client_kwargs');
    const refused = await admin.post('/components', { name: 'c', type: 'artifact_store', flavor: 's3', configuration: { client_kwargs: 5 } });
    expect(refused.body.fields).toEqual({ 'configuration.path': 'path is missing', 'configuration.client_kwargs': 'client_kwargs must be object' });
    expect(await words('nowhere', {})).toContain("no artifact store flavor 'nowhere'");
    expect(await words('s3', { path: '{{store.path}}', client_kwargs: '{{store.kwargs}}', key: '{{store.key}}' })).toBe('good');
    const [made] = (await admin.get('/components?name=c&hydrate=true')).body.items;
    expect(made.metadata.configuration).toEqual({ path: '{{store.path}}', client_kwargs: '{{store.kwargs}}', key: '{{store.key}}' });
    expect((await admin.put(`/components/${made.id}`, { configuration: { path: 's3://y', tokn: '1' } })).body.detail[1]).toContain("did you mean 'token'");
  });

  test('flavors that people bring', async () => {
    const { admin } = server;
    const config_schema = { type: 'object', properties: { size: { type: 'integer' } }, required: ['size'] };
    const made = await admin.post('/flavors', { name: 'mine', type: 'orchestrator', source: 'a.b.Mine', integration: 'custom', config_schema, is_custom: false });
    expect(made.body.body, made.text).toMatchObject({ is_custom: true, display_name: 'Mine' });
    expect((await admin.post('/flavors', { name: 'mine', type: 'orchestrator', source: 'x', integration: '', config_schema })).status).toBe(409);
    const used = await admin.post('/components', { name: 'm', type: 'orchestrator', flavor: 'mine', configuration: { size: 3 } });
    expect(used.status, used.text).toBe(200);
    expect((await admin.del(`/flavors/${made.body.id}`)).body.detail[1]).toContain('A component uses');
    await admin.del(`/components/${used.body.id}`);
    expect((await admin.del(`/flavors/${made.body.id}`)).status).toBe(200);
  });

  test('what is hidden is neither counted in refusals nor told through what uses it', async () => {
    const alice = await server.person('alice-hides', { roles: ['developer'] });
    const bob = await server.person('bob-asks', { roles: ['developer'] });
    const config_schema = { type: 'object', properties: {} };
    const flavor = async (person: Person, name: string, more: object = {}) =>
      (await person.post('/flavors', { name, type: 'orchestrator', source: 'm.F', config_schema, ...more })).body;
    const bobs = await flavor(bob, 'bobs-flavor');
    const use = async (person: Person, name: string, of: string, more: object = {}) =>
      (await person.post('/components', { name, type: 'orchestrator', flavor: of, configuration: {}, ...more })).body;
    const part = await use(bob, 'bobs-part', 'bobs-flavor');
    const words = async (person: Person, path: string) => (await person.del(path)).body.detail[1];
    for (const name of ['hs1', 'hs2'])
      await stack(alice, name, { private: true, components: { orchestrator: [part.id], artifact_store: [await idOf(alice, 'artifact_store')] } });
    expect(await words(bob, `/components/${part.id}`)).toBe("The orchestrator 'bobs-part' is part of stacks that you may not see; it must be taken out there first");
    await use(alice, 'hc1', 'bobs-flavor', { private: true });
    await use(alice, 'hc2', 'bobs-flavor', { private: true });
    expect(await words(bob, `/flavors/${bobs.id}`)).toBe("Components that you may not see use the flavor 'bobs-flavor'; they must be removed first");
    await flavor(alice, 'hidden-flavor', { private: true, integration: 'secret', logo_url: 'https://secret' });
    const open = await use(alice, 'open-part', 'hidden-flavor');
    expect((await alice.get(`/components/${open.id}`)).body.body).toMatchObject({ integration: 'secret', logo_url: 'https://secret' });
    expect((await bob.get(`/components/${open.id}`)).body.body).toMatchObject({ flavor_name: 'hidden-flavor', integration: null, logo_url: null });
  });

  test('a private component in a shared stack is a shell for others', async () => {
    const ann = await server.person('ann', { roles: ['developer'] });
    const bob = await server.person('bob', { roles: ['developer'] });
    const store = await component(ann, 'hidden', { private: true });
    const made = await stack(ann, 'shared', { components: { orchestrator: [await idOf(ann, 'orchestrator')], artifact_store: [store.id] } });
    expect(made.body.metadata.components.artifact_store[0].name).toBe('hidden');
    const seen = await bob.get(`/stacks/${made.body.id}`);
    expect(seen.body.metadata.components.artifact_store).toEqual([{ id: store.id, name: '', permission_denied: true, body: null, metadata: null, resources: null }]);
    expect((await bob.get('/stacks?component=hidden')).body.total).toBe(0);
    expect((await bob.get(`/stacks?component_id=${store.id}`)).body.total).toBe(0);
    expect((await bob.get(`/components/${store.id}`)).status).toBe(404);
    expect((await stack(bob, 'theirs', { components: { orchestrator: [await idOf(bob, 'orchestrator')], artifact_store: [store.id] } })).status).toBe(404);
  });
});

test.each([
  ['deployer/docker', { port: 'x' }, { port: 'port must be integer' }],
  ['deployer/docker', { port_range: [1, 'a'] }, { 'port_range.1': 'port_range.1 must be integer' }],
  ['deployer/docker', { port_range: [1] }, { port_range: 'port_range must not have fewer than 2 items' }],
  ['orchestrator/kubernetes', { max_parallelism: 0 }, { max_parallelism: 'max_parallelism must be > 0' }],
  ['orchestrator/kubernetes', { pod_settings: { host_ipc: 3 } }, { 'pod_settings.host_ipc': 'pod_settings.host_ipc must be boolean' }],
  ['orchestrator/kubernetes', { pod_settings: { labels: { a: 3 } } }, { 'pod_settings.labels.a': 'pod_settings.labels.a must be string' }],
  ['orchestrator/kubernetes', { synchronos: true }, { synchronos: "unknown field 'synchronos'; did you mean 'synchronous'?" }],
  ['sandbox/docker', { pull_policy: 'x' }, { pull_policy: 'pull_policy must be one of always, missing, never' }],
  ['container_registry/default', {}, { uri: 'uri is missing' }],
])('what is wrong with a configuration of %s is told field by field', (of, configuration, fields) => {
  const [type, name] = of.split('/');
  const flavor = flavors.find((one) => one.type === type && one.name === name)!;
  const expected = Object.fromEntries(Object.entries(fields).map(([path, text]) => [`configuration.${path}`, text]));
  expect(() => judgeConfiguration(flavor, configuration)).toThrow(expect.objectContaining({ fields: expected }));
});

test('text stands for what it says, as it does for the Python code that reads it', () => {
  const kubernetes = flavors.find((one) => one.type === 'orchestrator' && one.name === 'kubernetes')!;
  const good = { synchronous: 'false', max_parallelism: '3', job_monitoring_interval: '2.5', pod_settings: '{"host_ipc": true}', incluster: 1 };
  expect(() => judgeConfiguration(kubernetes, good)).not.toThrow();
  for (const bad of [{ synchronous: 'perhaps' }, { max_parallelism: '0' }, { max_parallelism: 'three' }, { pod_settings: '[1' }])
    expect(() => judgeConfiguration(kubernetes, bad), JSON.stringify(bad)).toThrow(/must be/);
});

test('the schema of every flavor can be asked', () => {
  for (const flavor of flavors) {
    const known = Object.keys(flavor.config_schema.properties);
    expect(() => judgeConfiguration(flavor, Object.fromEntries(known.map((key) => [key, '{{a.b}}']))), flavor.name).not.toThrow();
    expect(() => judgeConfiguration(flavor, { no_such_thing: 1 }), flavor.name).toThrow(/unknown field/);
    // What a flavor fills in by itself is not asked, and one of them would not pass: job_monitoring_delay is 0 and must be more.
    const defaults = Object.entries(flavor.config_schema.properties)
      .filter(([key, property]) => 'default' in property && key !== 'job_monitoring_delay')
      .map(([key, property]) => [key, property.default]);
    expect(() => judgeConfiguration({ ...flavor, config_schema: { ...flavor.config_schema, required: [] } }, Object.fromEntries(defaults)), flavor.name).not.toThrow();
  }
});

test('the seed changes nothing where all is there, and follows a newer version', async () => {
  const server = await testServer('sqlite');
  const all = async () => (await server.admin.get('/flavors?size=1000&hydrate=true')).text;
  const before = await all();
  const { seedStacks } = await import('../../seeds/stacks.ts');
  const run = () => server.app.database.transaction((tx) => seedStacks({ db: tx, now: server.app.clock() } as never));
  await run();
  expect(await all()).toBe(before);
  await server.app.database.transaction((tx) => tx.updateTable('flavor').set({ source: 'old' }).where('name', '=', 's3').execute());
  await run();
  expect((await server.admin.get('/flavors?name=s3&type=artifact_store')).body.items[0].body.source).toContain('S3ArtifactStoreFlavor');
  // Clients can ask for the same.
  await server.app.database.transaction((tx) => tx.updateTable('flavor').set({ source: 'old' }).where('name', '=', 's3').execute());
  const gail = await server.person('gail', { roles: ['guest'] });
  const sync = (token: string) =>
    server.server.inject({ method: 'PATCH', url: '/api/v1/flavors/sync', headers: { authorization: `Bearer ${token}`, host: 'localhost' } });
  expect((await sync(gail.token)).statusCode).toBe(403);
  expect(await sync(server.admin.token)).toMatchObject({ statusCode: 200, payload: 'null' });
  expect((await server.admin.get('/flavors?name=s3&type=artifact_store')).body.items[0].body.source).toContain('S3ArtifactStoreFlavor');
  await server.close();
});
