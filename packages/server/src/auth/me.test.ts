import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, testServer, type TestServer } from '../testing/server.ts';

const NEXT = 'another horse battery';
let server: TestServer;
beforeAll(async () => {
  server = await testServer('sqlite');
});
afterAll(() => server.close());

test('the stock client changes its own password where it changes any account', async () => {
  const ann = await server.person('ann', { roles: ['guest'] });
  const { id } = (await ann.get('/current-user')).body;
  expect((await ann.put(`/users/${id}`, { name: 'ann', password: NEXT })).status).toBe(403);
  expect((await ann.put(`/users/${id}`, { name: 'ann', password: NEXT, old_password: 'wrong' })).status).toBe(403);
  const changed = await ann.put(`/users/${id}`, { name: 'ann', password: NEXT, old_password: PASSWORD });
  expect(changed.body.id, changed.text).toBe(id);
  const logIn = (password: string) => server.anonymous.post('/login', new URLSearchParams({ username: 'ann', password }));
  expect([(await logIn(PASSWORD)).status, (await logIn(NEXT)).status]).toEqual([401, 200]);
});

test('nobody changes the password of another, or a role along with the own one', async () => {
  const bob = await server.person('bob', { roles: ['guest'] });
  expect((await server.admin.put('/users/bob', { password: NEXT, old_password: PASSWORD })).status).toBe(403);
  expect((await bob.put('/users/bob', { password: NEXT, old_password: PASSWORD, is_admin: true })).status).toBe(403);
});
