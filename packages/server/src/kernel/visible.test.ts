// Small certainties of the predicate, beside the random worlds of access/oracle.test.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, testServer, type Person, type TestServer } from '../testing/server.ts';

describe.each(dialects)('somebody who holds nothing but me, on %s', (dialect) => {
  let server: TestServer;
  let mia: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    await server.admin.post('/roles', { name: 'only me', permissions: ['me'] });
    mia = await server.person('mia', { roles: ['only me'] });
  });
  afterAll(() => server.close());

  test('sees and changes the own account', async () => {
    expect((await mia.get('/users')).body.items.map((one: any) => one.name)).toEqual(['mia']);
    expect((await mia.put('/users/mia', { full_name: 'Mia M.' })).body.body.full_name).toBe('Mia M.');
  });

  test('sees and changes nobody else', async () => {
    const [other, nobody] = [await mia.get('/users/admin'), await mia.get('/users/nosuch')];
    expect([other.status, other.text.replace('admin', 'nosuch')]).toEqual([404, nobody.text]);
    expect((await mia.put('/users/admin', { full_name: 'x' })).status).toBe(404);
    expect((await server.admin.get('/users/admin')).body.body.full_name).toBe('');
  });

  test('sees nothing of what roles open', async () => {
    for (const path of ['/stacks', '/teams', '/roles', '/projects']) expect((await mia.get(path)).body.total, path).toBe(0);
    expect((await mia.get('/pipelines')).status).toBe(404);
  });
});
