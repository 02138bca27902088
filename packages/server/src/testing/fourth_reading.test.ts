// What a fourth, hostile reading found, of sharing, ownership and requests for access: each as the attack that no longer works.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endStep, makePipeline, makeRun, makeStep, makeVersion, placeOf, unused, type Place } from './pipelines.ts';
import { dialects, testServer, type Answer, type Person, type TestServer } from './server.ts';

const HOUR = 3_600;

describe.each(dialects)('attacks of the fourth reading on %s', (dialect) => {
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

  const ok = (answer: Answer): any => {
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  };
  const secretOf = async (who: Person, name: string, more: object = {}) => ok(await who.post('/secrets', { name, values: { k: 'v' }, private: true, ...more }));
  const may = async (who: Person, thing: { id: string }, path = 'pipelines'): Promise<string> =>
    ((await who.get(`/${path}/${thing.id}`)).body.may ?? []).toSorted().join();
  const share = (who: Person, thing: { id: string }, body: object, type = 'pipeline') => who.post(`/shares/${type}/${thing.id}`, body);
  const soon = (seconds: number) => `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 23)}000`;
  const give = (who: Person, role: string, user: string, type: string, id: string) => who.post('/role_assignments', { role, user, resource_type: type, resource_id: id });
  const sees = async (who: Person, version: any) => (await who.get(`/artifact_versions/${version.id}`)).status;

  test('whoever edits a role hands out nothing on a private thing on which it was given', async () => {
    const { admin } = server;
    const role = ok(await admin.post('/roles', { name: unused('lister'), permissions: ['secret:read'] }));
    const secret = await secretOf(ann, unused('private'));
    ok(await give(ann, role.name, 'admin', 'secret', secret.id));
    const values = async () => (await admin.get(`/secrets/${secret.id}`)).body.body.values.k;
    expect(await values()).toBeNull();
    const refused = await admin.put(`/roles/${role.id}`, { permissions: ['secret:read', 'secret:read_secret_value'] });
    expect([refused.status, refused.body.needs]).toEqual([403, 'secret:read_secret_value']);
    expect(await values()).toBeNull();
    ok(await admin.put(`/roles/${role.id}`, { permissions: ['secret:read', 'stack:read'], description: 'what means nothing there may come' }));
    ok(await ann.del(`/shares/secret/${secret.id}?user=admin`));
    ok(await admin.put(`/roles/${role.id}`, { permissions: ['secret:read', 'secret:read_secret_value'] }));
  });

  test('a private thing is opened to the roles of others by nobody who holds less than all of it', async () => {
    const thing = await makePipeline(ann, place, { private: true });
    const role = ok(await server.admin.post('/roles', { name: unused('sharer'), permissions: ['pipeline:read', 'pipeline:update', 'pipeline:share'] }));
    ok(await give(ann, role.name, 'ben', 'pipeline', thing.id));
    expect(await may(ben, thing)).toBe('read,share,update');
    const refused = await ben.put(`/shares/pipeline/${thing.id}`, { general: 'shared' });
    expect([refused.status, refused.body.needs], refused.text).toEqual([403, 'pipeline:delete']);
    expect(await may(ben, thing)).toBe('read,share,update');
    ok(await share(ann, thing, { user: 'ben', level: 'manage' }));
    ok(await ben.put(`/shares/pipeline/${thing.id}`, { general: 'shared' }));
  });

  test('everybody at a level means that level: it opens a private thing to no roles', async () => {
    const secret = await secretOf(ann, unused('opened'));
    const opened = ok(await ann.put(`/shares/secret/${secret.id}`, { general: 'view' }));
    expect(opened).toMatchObject({ general: 'view' });
    expect(await may(ben, secret, 'secrets')).toBe('read');
    expect((await ben.get(`/secrets/${secret.id}`)).body.body.values).toEqual({ k: null });
  });

  test('whether a secret is private is its owner’s to say, by whichever way', async () => {
    const secret = await secretOf(ann, unused('mine'));
    ok(await share(ann, secret, { user: 'ben', level: 'manage' }, 'secret'));
    const said = [await ben.put(`/shares/secret/${secret.id}`, { general: 'shared' }), await ben.put(`/secrets/${secret.id}`, { private: false })];
    expect(said.map((answer) => [answer.status, answer.body.detail[1]])).toEqual([
      [403, expect.stringContaining('Only its owner')],
      [403, expect.stringContaining('Only its owner')],
    ]);
    ok(await ann.put(`/shares/secret/${secret.id}`, { general: 'shared' }));
    for (const answer of [await ben.put(`/shares/secret/${secret.id}`, { general: 'private' }), await ben.put(`/secrets/${secret.id}`, { private: true })])
      expect(answer.status).toBe(403);
    ok(await share(ann, secret, { user: 'ben', level: 'edit' }, 'secret'));
    expect((await ben.put(`/secrets/${secret.id}`, { private: true })).status).toBe(403);
    ok(await ben.put(`/secrets/${secret.id}`, { private: false, name: `${secret.name}-as-before` }));
    ok(await ann.put(`/secrets/${secret.id}`, { private: true }));
  });

  test('nobody gives away for longer than he holds it, himself and his teams least of all', async () => {
    const thing = await makePipeline(ann, place, { private: true });
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const end = soon(HOUR);
    ok(await share(ann, thing, { user: guest.name, level: 'manage', expires: end }));
    const [held] = ok(await guest.get(`/shares/pipeline/${thing.id}`)).shares;
    for (const answer of [
      await share(guest, thing, { user: guest.name, level: 'manage' }),
      await share(guest, thing, { user: 'ben', level: 'manage' }),
      await share(guest, thing, { user: 'ben', level: 'view', expires: soon(2 * HOUR) }),
      await share(guest, thing, { everyone: true, level: 'view' }),
      await give(guest, 'admin', guest.name, 'pipeline', thing.id),
      await guest.put(`/role_assignments/${held.id}`, { expires: null }),
      await guest.put(`/role_assignments/${held.id}`, { expires: soon(2 * HOUR) }),
    ])
      expect(answer.status, answer.text).toBe(403);
    ok(await share(guest, thing, { user: 'ben', level: 'view', expires: soon(HOUR / 2) }));
    server.shift(1.5 * HOUR);
    expect([(await guest.get(`/pipelines/${thing.id}`)).status, (await ben.get(`/pipelines/${thing.id}`)).status]).toEqual([404, 404]);
    server.shift(-1.5 * HOUR);
  });

  test('a role that ends is not made to last by its holder', async () => {
    const { admin } = server;
    const clerk = await server.person(unused('clerk'));
    const friend = await server.person(unused('friend'));
    const team = ok(await admin.post('/teams', { name: unused('bosses') }));
    ok(await admin.post('/role_assignments', { role: 'admin', team: team.name }));
    const held = ok(await admin.post('/role_assignments', { role: 'admin', user: clerk.name, expires: soon(HOUR) }));
    for (const answer of [
      await clerk.put(`/role_assignments/${held.id}`, { expires: null }),
      await clerk.put(`/teams/${team.id}`, { add_members: [clerk.name] }),
      await clerk.post('/role_assignments', { role: 'admin', user: clerk.name, project: 'default' }),
    ])
      expect(answer.status, answer.text).toBe(403);
    ok(await clerk.post('/role_assignments', { role: 'guest', user: friend.name }));
  });

  test('a limited token gives no thing away that it may not use itself', async () => {
    const thing = await makePipeline(ann, place, { private: true });
    const token = ok(await ann.post('/tokens', { name: unused('narrow'), permissions: ['pipeline:read', 'pipeline:share', 'user:read'] }));
    const narrow = server.as('narrow', token.body.token);
    expect(await may(narrow, thing)).toBe('read,share');
    const refused = await narrow.post(`/shares/pipeline/${thing.id}/transfer`, { to: 'ben' });
    expect([refused.status, refused.body.needs]).toEqual([403, 'pipeline:update']);
    expect((await share(narrow, thing, { user: 'ben', level: 'edit' })).status).toBe(403);
  });

  const output = async (who: Person, name: string, secret: boolean, version?: any) => {
    const run = await makeRun(who, place, { a: {} }, { private: secret });
    const step = await makeStep(who, place, run, 'a');
    const made = version ?? (await makeVersion(who, place, name));
    await endStep(who, step, 'completed', { outputs: { output: [made.id] } });
    return { run, version: made };
  };

  test('a private run does not close what others made, nor what was seen already', async () => {
    const { version } = await output(ann, unused('open'), false);
    await output(ben, '', true, version);
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    expect(await sees(guest, version)).toBe(200);
    expect((await guest.get(`/artifact_versions/${version.id}`)).body.may).toEqual(['read']);
    await output(ann, '', true, version);
    expect(await sees(guest, version)).toBe(200);
    const byHand = await makeVersion(ann, place, unused('by-hand'), { save_type: 'manual' });
    await output(ben, '', true, byHand);
    expect(await sees(guest, byHand)).toBe(200);
  });

  test('a run for everybody does not open what a private one wrote', async () => {
    const { run, version } = await output(ann, unused('closed'), true);
    ok(await share(ann, run, { user: 'ben', level: 'edit' }, 'run'));
    expect(await sees(ben, version)).toBe(200);
    await output(ben, '', false, version);
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    expect(await sees(guest, version)).toBe(404);
    await output(ann, '', false, version);
    expect(await sees(guest, version)).toBe(404);
  });

  test('what is saved by hand during a private run is closed from the beginning', async () => {
    const run = await makeRun(ann, place, { a: {} }, { private: true });
    const step = await makeStep(ann, place, run, 'a');
    for (const save_type of ['manual', 'preexisting', 'external']) {
      const version = await makeVersion(ann, place, unused('saved'), { save_type });
      expect([await sees(ben, version), await sees(server.admin, version), await sees(ann, version)], save_type).toEqual([404, 404, 200]);
    }
    await endStep(ann, step);
  });

  test('what a private run wrote goes to the heir with everything else, also when the run is gone', async () => {
    const { admin } = server;
    const leaving = await server.person(unused('leaving'), { roles: ['developer'] });
    const heir = await server.person(unused('heir'), { roles: ['developer'] });
    const { run, version } = await output(leaving, unused('left'), true);
    ok(await leaving.del(`/runs/${run.id}`));
    const kept = await output(leaving, unused('kept'), true);
    ok(await admin.del(`/users/${leaving.name}?hand_over_to=${heir.name}`));
    expect([await sees(heir, version), await sees(heir, kept.version), await sees(admin, version)]).toEqual([200, 200, 404]);
  });

  test('whoever gives a private run away keeps nothing of what it wrote', async () => {
    const { run, version } = await output(ann, unused('given'), true);
    ok(await ann.post(`/shares/run/${run.id}/transfer`, { to: 'ben' }));
    expect([await sees(ann, version), await sees(ben, version)]).toEqual([404, 200]);
    ok(await server.admin.post(`/shares/run/${run.id}/take_over`, { reason: 'an audit', keep: 'view' }));
    expect((await ben.get(`/artifact_versions/${version.id}`)).body.may).toEqual(['read']);
  });

  test('an owner leaves himself nothing by what he gave himself before', async () => {
    const [given, taken] = [await makePipeline(ann, place, { private: true }), await makePipeline(ann, place, { private: true })];
    for (const thing of [given, taken]) ok(await give(ann, 'admin', 'ann', 'pipeline', thing.id));
    ok(await ann.post(`/shares/pipeline/${given.id}/transfer`, { to: 'ben' }));
    ok(await server.admin.post(`/shares/pipeline/${taken.id}/take_over`, { reason: 'she leaves' }));
    expect([await may(ann, given), await may(ann, taken)]).toEqual(['', '']);
    const kept = await makePipeline(ann, place, { private: true });
    ok(await give(ann, 'admin', 'ann', 'pipeline', kept.id));
    ok(await ann.post(`/shares/pipeline/${kept.id}/transfer`, { to: 'ben', keep: 'view' }));
    expect(await may(ann, kept)).toBe('read');
  });

  test('what a run wrote is closed again when the run is, unless other runs rest on it', async () => {
    const { run, version } = await output(ann, unused('again'), true);
    const general = async (said: string) => ok(await ann.put(`/shares/run/${run.id}`, { general: said, confirm: true }));
    await general('shared');
    ok(await ann.put(`/shares/artifact/${version.body.artifact.id}`, { general: 'shared' }));
    expect(await sees(ben, version)).toBe(200);
    await general('private');
    expect([await sees(ben, version), await sees(server.admin, version), await sees(ann, version)]).toEqual([404, 404, 200]);
    await general('shared');
    const reads = await makeRun(ben, place, { a: {} });
    const step = await makeStep(ben, place, reads, 'a', { inputs: { given: [version.id] } });
    await endStep(ben, step);
    await general('private');
    expect(await sees(ben, version)).toBe(200);
  });

  test('a project does not go with what a private run of somebody wrote, also when the run is gone', async () => {
    const project = ok(await server.admin.post('/projects', { name: unused('project') }));
    const there = { ...place, project: project.id };
    const name = unused('shared');
    const byHand = await makeVersion(ben, there, name, { save_type: 'manual' });
    const run = await makeRun(ann, there, { a: {} }, { private: true });
    const step = await makeStep(ann, there, run, 'a');
    const version = await makeVersion(ann, there, name);
    await endStep(ann, step, 'completed', { outputs: { output: [version.id] } });
    ok(await ann.del(`/runs/${run.id}`));
    expect([await sees(server.admin, byHand), await sees(server.admin, version)]).toEqual([200, 404]);
    expect((await server.admin.del(`/projects/${project.id}`)).status).toBe(403);
    ok(await ann.del(`/artifact_versions/${version.id}`));
    ok(await server.admin.del(`/projects/${project.id}`));
  });

  test('a request that was declined is not asked again by taking it away first', async () => {
    const thing = await makePipeline(ann, place, { private: true });
    const eve = await server.person(unused('eve'), { roles: ['guest'] });
    const ask = () => eve.post('/access_requests', { type: 'pipeline', id: thing.id });
    const request = ok(await ask());
    ok(await ann.post(`/access_requests/${request.id}/decline`, {}));
    expect((await ask()).status).toBe(429);
    expect((await eve.del(`/access_requests/${request.id}`)).status).toBe(403);
    expect((await ask()).status).toBe(429);
  });

  test('asking, taking back and asking again has an end, and so has saying it anew', async () => {
    const eve = await server.person(unused('eve'), { roles: ['guest'] });
    const statuses: number[] = [];
    for (let turn = 0; turn < 45; turn += 1) {
      const answer = await eve.post('/access_requests', { type: 'pipeline', id: '00000000-0000-4000-8000-000000000001' });
      statuses.push(answer.status);
      if (answer.status === 200) await eve.del(`/access_requests/${answer.body.id}`);
    }
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.filter((status) => status === 200).length).toBe(40);
  }, 60_000);

  test('asking twice at once asks once', async () => {
    const eve = await server.person(unused('eve'), { roles: ['guest'] });
    const asked = await Promise.all([1, 2, 3].map(() => eve.post('/access_requests', { type: 'pipeline', id: '00000000-0000-4000-8000-000000000002' })));
    expect(new Set(asked.map((answer) => ok(answer).id)).size).toBe(1);
  });

  test('of two who answer a request at once only one does', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const thing = await makePipeline(ann, place, { private: true });
      const eve = await server.person(unused('eve'), { roles: ['guest'] });
      const request = ok(await eve.post('/access_requests', { type: 'pipeline', id: thing.id, level: 'view' }));
      const answers = await Promise.all([
        ann.post(`/access_requests/${request.id}/grant`, {}),
        ann.post(`/access_requests/${request.id}/decline`, {}),
        ann.post(`/access_requests/${request.id}/grant`, {}),
      ]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
      const { state } = ok(await eve.get(`/access_requests/${request.id}`)).body;
      expect(await may(eve, thing)).toBe(state === 'granted' ? 'read' : '');
    }
  });

  test('what a stack needs beyond what the sharer sees himself is not told to him', async () => {
    const connector = ok(
      await ann.post('/service_connectors', {
        name: unused('conn'),
        connector_type: 'aws',
        auth_method: 'implicit',
        resource_types: ['s3-bucket'],
        configuration: { region: 'eu-central-1' },
        private: true,
      }),
    );
    const component = async (type: string, flavor: string, configuration: object, more: object = {}) =>
      ok(await ann.post('/components', { name: unused(type), type, flavor, configuration, ...more })).id;
    const store = await component('artifact_store', 's3', { path: 's3://bucket' }, { connector: connector.id, private: true });
    const stack = ok(
      await ann.post('/stacks', { name: unused('stack'), components: { orchestrator: [await component('orchestrator', 'local', {})], artifact_store: [store] } }),
    );
    const cleo = await server.person(unused('cleo'), { roles: ['guest'] });
    const hidden = async () => ok(await ben.get(`/shares/stack/${stack.id}/hidden?user=${cleo.name}`));
    expect((await hidden()).map((part: any) => [part.id, part.name])).toEqual([[store, null]]);
    const before = JSON.stringify(await hidden());
    ok(await share(ann, { id: store }, { user: cleo.name, level: 'view' }, 'stack_component'));
    expect(JSON.stringify(await hidden()), 'nor whether others see it').toBe(before);
  });

  test('giving a thing away does not tell what the other one has', async () => {
    const name = unused('token');
    await secretOf(ben, name);
    const guess = await secretOf(ann, name);
    const given = await ann.post(`/shares/secret/${guess.id}/transfer`, { to: 'ben' });
    const free = await secretOf(ann, unused('token'));
    const other = await ann.post(`/shares/secret/${free.id}/transfer`, { to: 'ben' });
    expect([given.status, given.text]).toEqual([other.status, other.text]);
    expect(ok(await ben.get(`/secrets?name=startswith:${name}`)).items.length).toBe(2);
  });

  test('whoever leaves can hand over a private secret of a name that the heir has too', async () => {
    const leaving = await server.person(unused('leaving'), { roles: ['developer'] });
    const heir = await server.person(unused('heir'), { roles: ['developer'] });
    const name = unused('token');
    await secretOf(leaving, name);
    await secretOf(heir, name);
    ok(await server.admin.del(`/users/${leaving.name}?hand_over_to=${heir.name}`));
    expect(ok(await heir.get(`/secrets?name=startswith:${name}`)).items.length).toBe(2);
  });
});
