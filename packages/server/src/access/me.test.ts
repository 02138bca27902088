import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, testServer, type TestServer } from '../testing/server.ts';

describe.each(dialects)('what one may do, as one is told it oneself, on %s', (dialect) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer(dialect);
    await server.admin.post('/projects', { name: 'other' });
  });
  afterAll(() => server.close());

  test('says which macros are held in full, everywhere', async () => {
    const whole = async (roles: readonly string[], projects: readonly { project: string; role: string }[] = []) =>
      (await (await server.person(`p${roles.join('')}${projects.length}`, { roles, projects })).get('/access/me')).body.whole;
    expect((await server.admin.get('/access/me')).body.whole).toEqual(['read', 'write']);
    expect(await whole(['developer'])).toEqual(['read']);
    expect(await whole(['guest'])).toEqual(['read']);
    expect(await whole([], [{ project: 'other', role: 'admin' }])).toEqual([]);
    const { token } = (await server.admin.post('/tokens', { name: 'narrow', permissions: ['pipeline:read'] })).body.body;
    expect((await server.as('admin', token).get('/access/me')).body.whole).toEqual([]);
  });
});
