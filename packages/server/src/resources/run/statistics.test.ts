import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, makeSnapshot, makeStep, makeVersion, placeOf, postRun, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('statistics of runs on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let pipelines: any[];
  let guest: Person;
  let told: number;
  beforeAll(async () => {
    server = await testServer(dialect);
    const { admin } = server;
    place = { ...(await placeOf(admin)), project: (await admin.post('/projects', { name: unused('counted') })).body.id };
    guest = await server.person('guest', { roles: ['guest'] });
    pipelines = [await makePipeline(admin, place), await makePipeline(admin, place)];
    const snapshots = [await makeSnapshot(admin, place, pipelines[0], { a: {}, b: {} }), await makeSnapshot(admin, place, pipelines[1], {}, {}, { is_dynamic: true })];
    const started = ['2026-11-22T23:30:00', '2026-11-23T00:15:00.5', '2026-11-24T10:00:00', '2026-12-01T00:00:00'];
    for (const [i, start_time] of started.entries()) {
      const [run] = (await postRun(admin, place, snapshots[i < 3 ? 0 : 1], { start_time, tags: i < 2 ? ['gold', 'blue'] : [], private: i === 3 })).body;
      const values = { accuracy: 0.5 + i / 4, 'a "key"': `v${i % 2}`, huge: i };
      await admin.post('/run-metadata', {
        project: place.project,
        resources: [{ id: run.id, type: 'pipeline_run' }],
        values,
        types: { accuracy: 'float', 'a "key"': 'str', huge: 'int' },
      });
      if (i === 0) {
        const version = await makeVersion(admin, place, unused('out'));
        await makeStep(admin, place, run, 'a', { status: 'completed', end_time: '2026-11-22T23:31:00', outputs: { out: [version.id] } });
        await makeStep(admin, place, run, 'b', { status: 'failed', end_time: '2026-11-22T23:31:30' });
      }
    }
    // A number too large for any column, and one that lies about its type.
    const [odd] = (await postRun(admin, place, snapshots[0], { start_time: '2026-11-24T11:00:00' })).body;
    const body = `{"project":"${place.project}","resources":[{"id":"${odd.id}","type":"pipeline_run"}],"values":{"accuracy":1e400,"huge":"many"},"types":{"accuracy":"float","huge":"int"}}`;
    told = (await admin.post('/run-metadata', body)).status;
  });
  afterAll(() => server.close());

  const ask = (person: Person, question: object = {}, filter: object = {}) =>
    person.post('/runs/statistics', {
      filter: { project: place.project, sort_by: 'created', page: 1, size: 20, logical_operator: 'and', name: null, ...filter },
      groupings: [],
      metrics: [],
      max_groups: 1000,
      ...question,
    });
  const groups = async (question: object, filter: object = {}) => {
    const answer = await ask(server.admin, question, filter);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.groups;
  };

  test('count what the caller may read, under the filters of the list', async () => {
    expect((await ask(server.admin)).body).toEqual({ groups: [{ group_keys: {}, metrics: {}, run_count: 5 }], truncated: false });
    expect((await ask(guest)).body.groups[0].run_count).toBe(4);
    expect((await groups({}, { tags: ['gold'] }))[0].run_count).toBe(2);
    expect((await groups({}, { pipeline: pipelines[1].name }))[0].run_count).toBe(1);
    expect((await groups({}, { status: ['failed', 'completed'], logical_operator: 'or' }))[0].run_count).toBe(1);
    const outsider = await server.person(unused('out'), { projects: [{ project: 'default', role: 'developer' }] });
    expect((await ask(outsider)).status).toBe(404);
    expect((await ask(server.admin, {}, { project: 'no-such' })).status).toBe(404);
    expect((await ask(server.admin, {}, { in_progress: 'perhaps' })).status).toBe(422);
  });

  test('group by what a run is, has and says', async () => {
    const by = (name: string, more: object = {}) => groups({ groupings: [{ name, type: name, ...more }] });
    expect((await by('pipeline')).map((group: any) => [group.group_keys.pipeline, group.run_count])).toEqual([
      [pipelines[0].id, 4],
      [pipelines[1].id, 1],
    ]);
    expect((await by('time', { granularity: 'day' })).map((group: any) => [group.group_keys.time, group.run_count])).toEqual([
      ['2026-11-22', 1],
      ['2026-11-23', 1],
      ['2026-11-24', 2],
      ['2026-12-01', 1],
    ]);
    expect((await by('time', { granularity: 'week' })).map((group: any) => group.group_keys.time)).toEqual(['2026-11-16', '2026-11-23', '2026-11-30']);
    expect((await by('time', { granularity: 'month' })).map((group: any) => group.group_keys.time)).toEqual(['2026-11-01', '2026-12-01']);
    expect((await by('time', { granularity: 'hour' }))[0].group_keys.time).toBe('2026-11-22 23:00:00');
    expect((await by('tag')).map((group: any) => [group.group_keys.tag, group.run_count])).toEqual([
      [null, 3],
      ['blue', 2],
      ['gold', 2],
    ]);
    expect((await by('metadata', { metadata_key: 'a "key"' })).map((group: any) => [group.group_keys.metadata, group.run_count])).toEqual([
      ['v0', 2],
      ['v1', 2],
      [null, 1],
    ]);
    for (const name of ['status', 'snapshot', 'source_snapshot', 'stack', 'trigger', 'user']) expect((await by(name)).length, name).toBeGreaterThan(0);
    const latest = (await ask(server.admin, { groupings: [{ name: 't', type: 'time', granularity: 'day' }], max_groups: 2 })).body;
    expect([latest.truncated, latest.groups.map((group: any) => group.group_keys.t)]).toEqual([true, ['2026-11-24', '2026-12-01']]);
  });

  test('measure how long, how many and how well', async () => {
    const metrics = [
      { name: 'seconds', source: 'duration', aggregation: 'max' },
      { name: 'steps', source: 'step_count', aggregation: 'sum' },
      { name: 'cached', source: 'cached_step_count', aggregation: 'max' },
      { name: 'outputs', source: 'output_artifact_count', aggregation: 'sum' },
      { name: 'worst', source: 'metadata', metadata_key: 'accuracy', aggregation: 'min' },
      { name: 'mean', source: 'metadata', metadata_key: 'huge', aggregation: 'avg' },
      { name: 'overflow', source: 'metadata', metadata_key: 'accuracy', aggregation: 'max' },
      { name: 'words', source: 'metadata', metadata_key: 'a "key"', aggregation: 'avg' },
    ];
    expect(told).toBe(200);
    const [all] = await groups({ metrics });
    expect(all.metrics).toMatchObject({ steps: 2, cached: 0, outputs: 1, worst: 0.5, mean: 1.5, overflow: null, words: null });
    expect(all.metrics.seconds).toBeGreaterThan(0);
  });

  test('refuse what makes no sense', async () => {
    const time = { type: 'time', granularity: 'day' };
    for (const question of [
      {
        groupings: [
          { name: 'a', type: 'status' },
          { name: 'a', type: 'user' },
        ],
      },
      {
        groupings: [
          { name: 'a', ...time },
          { name: 'b', ...time },
        ],
      },
      { groupings: [{ name: 'a', type: 'time' }] },
      { groupings: [{ name: 'a', type: 'dream' }] },
      { metrics: [{ name: 'a', source: 'metadata', aggregation: 'avg' }] },
      { metrics: [{ name: 'a', source: 'duration', aggregation: 'median' }] },
      { max_groups: 10_001 },
    ])
      expect((await ask(server.admin, question)).status, JSON.stringify(question)).toBe(422);
  });

  test('what a server without pools and clouds is asked in passing', async () => {
    const { admin } = server;
    expect((await admin.get('/resource_requests?page=1')).body.detail[0]).toBe('NotImplementedError');
    expect((await admin.get('/stack-deployment/info?provider=aws')).status).toBe(501);
    expect((await admin.get('/stack-deployment/info?provider=moon')).status).toBe(422);
    expect((await admin.get('/stack-deployment/stack?provider=aws&stack_name=x')).body).toBeNull();
    expect((await admin.get('/load-info')).body).toMatchObject({ threads: 1, db_connections_total: expect.any(Number) });
    const me = (await admin.get('/current-user')).body;
    expect((await admin.put(`/users/${me.id}/email-opt-in`, { email: 'admin@example.org', email_opted_in: true, user: null })).body.metadata.email).toBe(
      'admin@example.org',
    );
    const other = (await admin.get('/users?name=guest')).body.items[0];
    expect((await admin.put(`/users/${other.id}/email-opt-in`, { email: 'x@example.org', email_opted_in: true })).status).toBe(403);
  });
});
