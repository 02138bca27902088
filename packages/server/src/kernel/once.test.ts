import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, testServer, type TestServer } from '../testing/server.ts';

describe.each(dialects)('a request with an idempotency key, on %s', (dialect) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer(dialect);
  });
  afterAll(() => server.close());
  const key = () => ({ 'idempotency-key': randomUUID() });

  test('is carried out once and answers the same again', async () => {
    const headers = key();
    const first = await server.admin.post('/teams', { name: 'once' }, headers);
    const again = await server.admin.post('/teams', { name: 'once' }, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect((await server.admin.get('/teams?name=once')).body.total).toBe(1);
    expect((await server.admin.post('/teams', { name: 'once' }, key())).status).toBe(409);
  });

  test('is carried out once when it arrives twenty times at the same moment', async () => {
    const headers = key();
    const answers = await Promise.all(Array.from({ length: 20 }, () => server.admin.post('/roles', { name: 'at once', permissions: ['read'] }, headers)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect((await server.admin.get('/audit_events?target_name=at once')).body.total).toBe(1);
  });

  test('is another request for another person, another address, or five minutes later', async () => {
    const headers = key();
    const other = await server.person('other', { roles: ['admin'] });
    await server.admin.post('/teams', { name: 'mine' }, headers);
    expect((await other.post('/teams', { name: 'mine' }, headers)).status).toBe(409);
    expect((await server.admin.post('/projects', { name: 'mine' }, headers)).status).toBe(200);
    server.shift(301);
    expect((await server.admin.post('/teams', { name: 'mine' }, headers)).status).toBe(409);
  });

  test('keeps no answer that holds a secret, and none of a failure', async () => {
    const headers = key();
    const invited = await server.admin.post('/invitations', { name: 'secretly' }, headers);
    expect((await server.admin.post('/invitations', { name: 'secretly' }, headers)).status).toBe(409);
    const kept = await server.app.database.read.selectFrom('idempotency').select('answer').execute();
    expect(kept.some((row) => row['answer'].includes(invited.body.body.token))).toBe(false);
    const failing = key();
    expect((await server.admin.post('/teams', { name: '' }, failing)).status).toBe(422);
    expect((await server.admin.post('/teams', { name: 'now right' }, failing)).status).toBe(200);
    expect((await server.admin.post('/teams', { name: 'x' }, { 'idempotency-key': 'no uuid' })).status).toBe(400);
  });
});
