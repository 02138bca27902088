// Device log-ins against people who guess codes or take those of others.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects, testServer, type Person, type TestServer } from '../testing/server.ts';

describe.each(dialects)('device log-ins on %s', (dialect) => {
  let server: TestServer;
  let ada: Person;
  let eve: Person;
  beforeAll(async () => {
    server = await testServer(dialect);
    ada = await server.person('ada', { roles: ['guest'] });
    eve = await server.person('eve', { roles: ['guest'] });
  });
  afterAll(() => server.close());

  const begin = async (client_id: string = crypto.randomUUID()) => {
    const { body } = await server.anonymous.post('/device_authorization', new URLSearchParams({ client_id }));
    const device = new URL(body.verification_uri_complete).searchParams.get('device_id')!;
    const poll = () => server.anonymous.post('/login', new URLSearchParams({ client_id, device_code: body.device_code }));
    return { client_id, device, user_code: body.user_code as string, device_code: body.device_code as string, poll };
  };
  const confirm = (by: Person, { device, user_code }: { device: string; user_code: string }) => by.put(`/devices/${device}/verify`, { user_code });

  test('a code is redeemed once, also by twenty polls at the same moment', async () => {
    const flow = await begin();
    expect((await flow.poll()).body.error).toBe('authorization_pending');
    expect((await confirm(ada, flow)).status).toBe(200);
    const polls = await Promise.all(Array.from({ length: 20 }, flow.poll));
    expect(polls.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect((await flow.poll()).body.error).toBe('access_denied');
    expect((await ada.get('/sessions?kind=device')).body.total).toBe(1);
    const token = polls.find((answer) => answer.status === 200)!.body.access_token;
    expect((await server.as('', token).get('/current-user')).body.name).toBe('ada');
  });

  test('three wrong codes lock the device, also sent at once, and the right code comes too late', async () => {
    const flow = await begin();
    const wrong = await Promise.all(Array.from({ length: 10 }, () => ada.put(`/devices/${flow.device}/verify`, { user_code: 'WRONGWRO' })));
    expect(wrong.filter((answer) => answer.status === 400)).toHaveLength(3);
    expect(wrong.filter((answer) => answer.status === 403)).toHaveLength(7);
    expect((await confirm(ada, flow)).status).toBe(403);
    expect((await flow.poll()).body.error).toBe('access_denied');
  });

  test('a code is over after five minutes, to the second', async () => {
    const flow = await begin();
    server.shift(298);
    expect((await flow.poll()).body.error).toBe('authorization_pending');
    server.shift(3);
    expect((await flow.poll()).body.error).toBe('expired_token');
    expect((await confirm(ada, flow)).status).toBe(400);
    server.shift(-301);
  });

  test('a confirmed code that is fetched too late opens nothing', async () => {
    const flow = await begin();
    await confirm(ada, flow);
    server.shift(301);
    expect((await flow.poll()).body.error).toBe('expired_token');
    server.shift(-301);
  });

  test('nobody reads, confirms, changes or removes the device of another', async () => {
    const flow = await begin();
    expect((await eve.get(`/devices/${flow.device}`)).status).toBe(404);
    expect((await eve.get(`/devices/${flow.device}?user_code=WRONGWRO`)).status).toBe(404);
    expect((await eve.get(`/devices/${flow.device}?user_code=${flow.user_code.toLowerCase()}`)).status).toBe(200);
    await confirm(ada, flow);
    expect((await confirm(eve, flow)).status).toBe(404);
    expect((await eve.get(`/devices/${flow.device}?user_code=${flow.user_code}`)).status).toBe(404);
    await flow.poll();
    for (const person of [eve, server.admin]) {
      expect([
        (await person.get(`/devices/${flow.device}`)).status,
        (await person.put(`/devices/${flow.device}`, { locked: false })).status,
        (await person.del(`/devices/${flow.device}`)).status,
      ]).toEqual([404, 404, 404]);
      expect((await person.get('/devices')).body.total).toBe(0);
    }
    expect((await ada.get(`/devices/${flow.device}`)).text).not.toContain(flow.user_code);
  });

  test('only the client that began can fetch the token', async () => {
    const flow = await begin();
    await confirm(ada, flow);
    const other = await begin();
    const swapped = [
      { client_id: other.client_id, device_code: flow.device_code },
      { client_id: flow.client_id, device_code: other.device_code },
      { client_id: flow.client_id, device_code: '' },
      { client_id: '', device_code: flow.device_code },
    ];
    for (const fields of swapped)
      expect((await server.anonymous.post('/login', new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', ...fields }))).status).toBe(400);
    expect((await flow.poll()).status).toBe(200);
  });

  test('a locked, a removed and a restarted device are out at the next request', async () => {
    for (const end of [
      (id: string) => ada.put(`/devices/${id}`, { locked: true }),
      (id: string) => ada.del(`/devices/${id}`),
      async (_id: string, client: string) => {
        await begin(client);
        return { status: 200 };
      },
    ]) {
      const flow = await begin();
      await confirm(ada, flow);
      const machine = server.as('', (await flow.poll()).body.access_token);
      const further = server.as('', (await machine.get('/api_token')).body);
      expect([(await machine.get('/current-user')).status, (await further.get('/current-user')).status]).toEqual([200, 200]);
      expect((await end(flow.device, flow.client_id)).status).toBe(200);
      expect([(await machine.get('/current-user')).status, (await further.get('/current-user')).status]).toEqual([401, 401]);
      expect((await flow.poll()).status).toBe(400);
    }
  });

  test('whoever is deactivated after he has confirmed gets no session, also not when he comes back', async () => {
    const leaving = await server.person('leaving', { roles: ['guest'] });
    const flow = await begin();
    await confirm(leaving, flow);
    await server.admin.put('/users/leaving/deactivate');
    expect((await flow.poll()).body.error).toBe('access_denied');
    await server.admin.put('/users/leaving/reactivate');
    expect(await server.app.database.read.selectFrom('session').select('id').where('device_id', '=', flow.device).execute()).toEqual([]);
  });

  test('strange client ids are refused', async () => {
    for (const client_id of ['', 'x', '\0', '../../etc', "' or 1=1 --", 'x'.repeat(1000)])
      expect((await server.anonymous.post('/device_authorization', new URLSearchParams({ client_id }))).status).toBe(422);
  });
});
