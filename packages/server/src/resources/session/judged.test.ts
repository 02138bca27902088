// Whoever manages people manages their sessions; those of machines are for whoever manages machines.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { login, loginByKey, withOnly } from '../../testing/hostile.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('sessions of others, on %s', (dialect) => {
  let server: TestServer;
  let key = '';
  let machine = '';
  let person = '';
  beforeAll(async () => {
    server = await testServer(dialect);
    machine = (await server.admin.post('/service_accounts', { name: 'machine', active: true, roles: [] })).body.id;
    key = (await server.admin.post('/service_accounts/machine/api_keys', { name: 'key' })).body.body.key;
    await server.person('person');
    person = (await server.admin.get('/users/person')).body.id;
  });
  beforeEach(async () => {
    await loginByKey(server, key);
    await login(server, 'person');
  });
  afterAll(() => server.close());
  const seen = async (who: Person, of: string) => (await who.get('/sessions?size=100')).body.items.filter((item: any) => item.body.user_id === of);

  test.each([
    ['people', 'user:manage', true, false],
    ['machines', 'service_account:manage', false, true],
  ] as const)('whoever manages %s sees and ends theirs alone', async (name, permission, ofPerson, ofMachine) => {
    const who = await withOnly(server, name, [permission]);
    expect([(await seen(who, person)).length > 0, (await seen(who, machine)).length > 0]).toEqual([ofPerson, ofMachine]);
    const [other] = await seen(server.admin, ofMachine ? person : machine);
    expect([(await who.get(`/sessions/${other.id}`)).status, (await who.del(`/sessions/${other.id}`)).status]).toEqual([404, 404]);
    const [theirs] = await seen(who, ofMachine ? machine : person);
    expect((await who.del(`/sessions/${theirs.id}`)).status).toBe(200);
  });
});
