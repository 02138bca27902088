import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePipeline, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('schedules on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect);
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());
  const make = async (more: object) => {
    const pipeline = await makePipeline(server.admin, place);
    return server.admin.post('/schedules', { project: place.project, name: unused('nightly'), active: true, pipeline_id: pipeline.id, orchestrator_id: null, ...more });
  };

  test('are found by how often they come round, however that was said', async () => {
    const hourly = await make({ interval_second: 'PT1H' });
    expect(hourly.body.body.interval_second).toBe('PT3600S');
    const daily = await make({ interval_second: 'P1DT0H' });
    await make({ cron_expression: '0 3 * * *' });
    const found = async (filter: string) => (await server.admin.get(`/schedules?interval_second=${filter}`)).body.items.map((item: any) => item.id);
    expect([await found('3600'), await found('gt:3600'), (await found('isnull:')).length]).toEqual([[hourly.body.id], [daily.body.id], 1]);
    expect((await make({ interval_second: 'hourly' })).status).toBe(422);
  });

  test('are archived or removed', async () => {
    const { admin } = server;
    const { body } = await make({ cron_expression: '0 3 * * *' });
    expect((await admin.del(`/schedules/${body.id}?soft=True`)).status).toBe(200);
    expect((await admin.get(`/schedules/${body.id}`)).body.body).toMatchObject({ is_archived: true, active: false });
    expect((await admin.del(`/schedules/${body.id}`)).status).toBe(200);
    expect((await admin.get(`/schedules/${body.id}`)).status).toBe(404);
  });
});
