// Who may take over another server, and what of this one stays untouched by it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, testServer, type Person, type TestServer } from '../testing/server.ts';

const source = randomUUID();
const AT = '2026-01-02T03:04:05.000006';
const body = (more: object = {}) => ({ created: AT, updated: AT, ...more });
const thing = (name: string, more: object = {}, metadata: object = {}, resources: object = {}) => ({ id: randomUUID(), name, body: body(more), metadata, resources });
const send = (person: Person, type: string, ...items: readonly object[]) => person.post('/import', { source, type, items });

describe.each(dialects)('taking over on %s', (dialect) => {
  let server: TestServer;
  let project: string;
  beforeAll(async () => {
    server = await testServer(dialect);
    project = (await server.admin.get('/projects/default')).body.id;
  });
  afterAll(() => server.close());

  test('is for those who hold everything: not for developers, nor for who manages settings alone', async () => {
    const dora = await server.person('dora', { roles: ['developer'] });
    await server.admin.post('/roles', { name: 'settings', permissions: ['settings:manage', 'me'] });
    const sam = await server.person('sam', { roles: ['settings'] });
    for (const person of [dora, sam]) {
      expect((await send(person, 'tag', thing('t', { color: 'red', exclusive: false }))).status).toBe(403);
      expect((await person.get(`/import/${source}`)).status).toBe(403);
    }
  });

  test('keeps ids, dates and owners, and a second time changes nothing', async () => {
    const ada = thing('ada', { active: true, is_admin: false, full_name: 'Ada', is_service_account: false });
    const pipeline = thing('grow', { user_id: ada.id, project_id: project }, { description: 'd' });
    expect((await send(server.admin, 'user', ada)).body.results[0]).toMatchObject({ outcome: 'made', foreign_id: ada.id });
    expect((await send(server.admin, 'pipeline', pipeline)).body.results).toEqual([{ foreign_id: pipeline.id, outcome: 'made', id: pipeline.id }]);
    const seen = (await server.admin.get(`/pipelines/${pipeline.id}`)).body;
    expect(seen).toMatchObject({ name: 'grow', body: { created: AT, updated: AT }, metadata: { description: 'd' }, resources: { user: { name: 'ada' } } });
    expect((await server.admin.get('/users/ada')).body.body).toMatchObject({ status: 'pending', is_admin: false });
    expect((await send(server.admin, 'pipeline', pipeline)).body.results[0].outcome).toBe('kept');
    const changed = { ...pipeline, body: { ...pipeline.body, updated: '2026-02-02T00:00:00' }, metadata: { description: 'new' } };
    expect((await send(server.admin, 'pipeline', changed)).body.results[0].outcome).toBe('changed');
    expect((await server.admin.get(`/pipelines/${pipeline.id}`)).body.metadata.description).toBe('new');
  });

  test('leaves alone what is here already: by its name it stands for what comes, by its id it stays what it is', async () => {
    const mine = (await server.admin.post('/pipelines', { project, name: 'here', description: 'mine' })).body;
    const other = thing('here', { project_id: project }, { description: 'theirs' });
    expect((await send(server.admin, 'pipeline', other)).body.results[0]).toMatchObject({ outcome: 'kept', id: mine.id });
    const impostor = { ...thing('renamed', { project_id: project }, { description: 'theirs' }), id: mine.id };
    expect((await send(server.admin, 'pipeline', impostor)).body.results[0]).toMatchObject({ outcome: 'left', why: 'its id is taken here' });
    expect((await server.admin.get(`/pipelines/${mine.id}`)).body).toMatchObject({ name: 'here', metadata: { description: 'mine' } });
  });

  test('neither sees nor touches what is private to others', async () => {
    const pia = await server.person('pia', { roles: ['developer'] });
    const hidden = (await pia.post('/pipelines', { project, name: 'hidden', private: true })).body;
    const same = await send(server.admin, 'pipeline', thing('hidden', { project_id: project }));
    expect(same.body.results[0]).toMatchObject({ outcome: 'left', id: null, why: 'its name is taken here' });
    const run = thing('intruder', { project_id: project, pipeline_id: hidden.id, status: 'completed', index: 1, in_progress: false }, { config: {} });
    expect((await send(server.admin, 'run', run)).body.results[0]).toMatchObject({ outcome: 'left', why: 'its pipeline is not here' });
    expect((await pia.get('/runs?pipeline=hidden')).body.total).toBe(0);
  });

  test('does not change what was taken over and has become somebody’s alone since', async () => {
    const eve = await server.person('eve', { roles: ['developer'] });
    const stored = thing('late', { project_id: project, user_id: (await eve.get('/current-user')).body.id }, { description: 'first' });
    await send(server.admin, 'pipeline', stored);
    await server.app.database.transaction((tx) => tx.updateTable('pipeline').set({ private: 1 }).where('id', '=', stored.id).execute());
    const changed = { ...stored, body: { ...stored.body, updated: '2026-03-03T00:00:00' }, metadata: { description: 'second' } };
    expect((await send(server.admin, 'pipeline', changed)).body.results[0]).toMatchObject({ outcome: 'left', why: 'it is not yours to change' });
    expect((await eve.get(`/pipelines/${stored.id}`)).body.metadata.description).toBe('first');
    expect((await server.admin.get(`/pipelines/${stored.id}`)).status).toBe(404);
  });

  test('leaves one thing that cannot come, says why, and takes the rest', async () => {
    const lost = thing('lost', { project_id: randomUUID() });
    const fine = thing('fine', { project_id: project });
    const { results } = (await send(server.admin, 'pipeline', lost, { id: 'no id', name: 'x' }, fine)).body;
    expect(results.map((one: any) => [one.outcome, one.why])).toEqual([
      ['left', 'its project is not here'],
      ['left', 'its id is no UUID'],
      ['made', undefined],
    ]);
    expect((await server.admin.get('/pipelines?name=fine')).body.total).toBe(1);
  });

  test('keeps numbers as they were written, and metadata with them', async () => {
    const pipeline = thing('exact', { project_id: project });
    await send(server.admin, 'pipeline', pipeline);
    const run = thing(
      'exact-1',
      { project_id: project, pipeline_id: pipeline.id, status: 'completed', index: 4, in_progress: false },
      { config: { a: 'ONE' }, run_metadata: { b: 'ONE', big: 'BIG' } },
    );
    const text = JSON.stringify({ source, type: 'run', items: [run] })
      .replaceAll('"ONE"', '1.0')
      .replaceAll('"BIG"', '1152921504606846976');
    expect((await server.admin.post('/import', text as never)).body.results[0].outcome).toBe('made');
    const answer = await server.admin.get(`/runs/${run.id}`);
    expect(answer.text).toContain('"config":{"a":1.0}');
    expect(answer.text).toContain('"b":1.0');
    expect(answer.text).toContain('"big":1152921504606846976');
  });

  test('never writes a secret’s value into the audit log, and remembers how far it came', async () => {
    const secret = thing('s', { private: false, values: { k: 'canary-of-taking-over' } });
    expect((await server.admin.post('/import', { source, type: 'secret', items: [secret], list: 'secret', at: '2026-01-02 03:04:05' })).body.results[0].outcome).toBe(
      'made',
    );
    const { id } = (await server.admin.get('/secrets?name=s')).body.items[0];
    expect((await server.admin.get(`/secrets/${id}`)).body.body.values).toEqual({ k: 'canary-of-taking-over' });
    expect((await server.admin.get('/audit_events?size=200')).text).not.toContain('canary-of-taking-over');
    expect((await server.admin.get(`/import/${source}`)).body.lists).toEqual({ secret: '2026-01-02 03:04:05' });
  });
});
