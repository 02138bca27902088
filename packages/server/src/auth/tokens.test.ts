// Sessions, tokens and API keys against people who want more from them, or want them for longer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login, loginByKey } from '../testing/hostile.ts';
import { dialects, PASSWORD, testServer, type Person, type TestServer } from '../testing/server.ts';

describe.each(dialects)('tokens on %s', (dialect) => {
  let server: TestServer;
  let number = 0;
  beforeAll(async () => {
    server = await testServer(dialect);
  });
  afterAll(() => server.close());

  const alive = async (person: Person) => (await person.get('/settings')).status === 200;
  const personal = async (by: Person, more: object = {}) => {
    const made = await by.post('/tokens', { name: `token-${++number}`, ...more });
    expect(made.status, made.text).toBe(200);
    return server.as(by.name, made.body.body.token);
  };
  const robot = async () => {
    const name = `robot-${++number}`;
    await server.admin.post('/service_accounts', { name, active: true, roles: ['guest'] });
    const keys = `/service_accounts/${name}/api_keys`;
    return { name, keys, key: (await server.admin.post(keys, { name: 'key' })).body.body.key as string };
  };

  test('a session ends when its time is over, to the second', async () => {
    const token = await personal(server.admin, { expires_in: 600 });
    server.shift(598);
    expect(await alive(token)).toBe(true);
    server.shift(3);
    expect(await alive(token)).toBe(false);
    server.shift(-601);
  });

  test('a session ends when it is revoked or logged out of', async () => {
    const one = server.as('', (await login(server, 'admin')).body.access_token);
    const { id } = (await one.get('/sessions?size=1000')).body.items.find((item: any) => item.body.current);
    expect((await server.admin.del(`/sessions/${id}`)).status).toBe(200);
    expect(await alive(one)).toBe(false);
    const two = server.as('', (await login(server, 'admin')).body.access_token);
    expect((await two.get('/logout')).status).toBe(200);
    expect(await alive(two)).toBe(false);
  });

  test('nobody sees or ends the sessions of others', async () => {
    const [ada, bob] = [await server.person(`p-${++number}`, { roles: ['guest'] }), await server.person(`p-${++number}`, { roles: ['developer'] })];
    const { id, body } = (await ada.get('/sessions')).body.items[0];
    expect((await bob.get(`/sessions?user=${body.user_id}`)).body.total).toBe(0);
    expect((await bob.get(`/sessions?user_id=${body.user_id}`)).body.total).toBe(0);
    expect((await bob.get(`/sessions/${id}`)).text).toBe((await bob.get(`/sessions/${id}`)).text);
    expect([(await bob.get(`/sessions/${id}`)).status, (await bob.del(`/sessions/${id}`)).status]).toEqual([404, 404]);
    expect(await alive(ada)).toBe(true);
  });

  test('a limited token makes no wider one by any way', async () => {
    const narrow = await personal(server.admin, { permissions: ['user:read'] });
    const limited = await personal(server.admin, { permissions: ['read'] });
    for (const permissions of [['write'], ['me'], ['read', 'write'], ['user:read', 'user:create']])
      expect((await limited.post('/tokens', { name: 'wider', permissions })).status).toBe(403);
    for (const permissions of [['read'], ['project:read'], ['user:update']]) expect((await narrow.post('/tokens', { name: 'wider', permissions })).status).toBe(403);
    const heirs = [
      await personal(limited),
      await personal(limited, { permissions: null }),
      server.as('', (await limited.get('/api_token')).body),
      server.as('', (await (await personal(limited)).get('/api_token?expires_in=604800')).body),
    ];
    for (const heir of heirs) {
      expect((await heir.get('/access/me')).body.server.filter((name: string) => !name.endsWith(':read'))).toEqual([]);
      const attempts = [
        heir.post('/users', { name: 'mallory', password: PASSWORD }),
        heir.post('/invitations', { name: 'mallory' }),
        heir.post('/roles', { name: 'r', permissions: ['read'] }),
        heir.put('/current-user', { password: 'a new good phrase', old_password: PASSWORD }),
        heir.put('/current-user', { full_name: 'x' }),
        heir.put('/users/admin', { full_name: 'x' }),
        heir.post('/users/admin/reset'),
        heir.put('/settings', { server_name: 'x' }),
        heir.post('/role_assignments', { role: 'admin', user: 'admin' }),
      ];
      expect((await Promise.all(attempts)).map((answer) => answer.status).every((status) => status === 403 || status === 404)).toBe(true);
      const sessions = (await heir.get('/sessions')).body.items as { id: string }[];
      for (const { id } of sessions) expect([403, 404]).toContain((await heir.del(`/sessions/${id}`)).status);
    }
    expect((await limited.get('/api_token?token_type=workload&schedule_id=x')).status).toBe(400);
    expect(await alive(server.admin)).toBe(true);
  });

  test('a token that ends makes none that outlives it', async () => {
    const brief = await personal(server.admin, { expires_in: 600 });
    const heirs = [await personal(brief), await personal(brief, { expires_in: 86_400 }), server.as('', (await brief.get('/api_token?expires_in=604800')).body)];
    heirs.push(await personal(heirs[0]!), server.as('', (await heirs[1]!.get('/api_token?expires_in=604800')).body));
    for (const heir of heirs) expect(await alive(heir)).toBe(true);
    server.shift(601);
    for (const heir of heirs) expect(await alive(heir)).toBe(false);
    server.shift(-601);
  });

  test.each(['1e9', '604801', '0', '-5', '1.5', 'NaN', 'x'])('a token for %s seconds is refused', async (seconds) => {
    expect((await server.admin.get(`/api_token?expires_in=${seconds}`)).status).toBe(400);
  });

  test('a workload token needs something at work that one can see', async () => {
    for (const scope of [
      '',
      '&pipeline_run_id=x',
      `&pipeline_run_id=${crypto.randomUUID()}`,
      '&schedule_id=x',
      `&deployment_id=${crypto.randomUUID()}`,
      '&schedule_id=x&deployment_id=y',
    ]) {
      expect((await server.admin.get(`/api_token?token_type=workload${scope}`)).status, scope).toBe(400);
    }
    expect((await server.admin.get('/api_token?token_type=other')).status).toBe(400);
    expect((await server.admin.get(`/api_token?token_type=generic&pipeline_run_id=${crypto.randomUUID()}`)).status).toBe(400);
  });

  test('the token of a run is bound to the run, makes no other, and ends an hour after it', async () => {
    const person = await server.person(`p-${++number}`, { roles: ['developer'] });
    const [pipeline, run, other, hidden] = Array.from({ length: 4 }, () => crypto.randomUUID()) as [string, string, string, string];
    const { id: project_id } = (await server.admin.get('/projects/default')).body;
    const now = (await server.admin.get('/projects/default')).body.body.created as string;
    const placed = { created: now, updated: now, project_id, private: 0 };
    const set = (id: string, values: object) =>
      server.app.database.transaction((tx) =>
        tx
          .updateTable('pipeline_run')
          .set(values)
          .where('id', '=', id)
          .execute()
          .then(() => undefined),
      );
    await server.app.database.transaction(async (tx) => {
      const owner = (await person.get('/current-user')).body.id;
      await tx
        .insertInto('pipeline')
        .values({ id: pipeline, user_id: owner, ...placed, name: `pipe-${number}`, run_count: 3 })
        .execute();
      for (const id of [run, other, hidden]) {
        const isHidden = id === hidden;
        await tx
          .insertInto('pipeline_run')
          .values({
            id,
            user_id: isHidden ? null : owner,
            ...placed,
            private: isHidden ? 1 : 0,
            name: id,
            pipeline_id: pipeline,
            index: 1,
            status: 'running',
            in_progress: 1,
            orchestrator_environment: '{}',
            config: '{}',
            enable_heartbeat: 0,
          })
          .execute();
      }
    });
    const ask = (by: Person, id: string) => by.get(`/api_token?token_type=workload&pipeline_run_id=${id}`);
    expect((await ask(person, hidden)).status).toBe(400);
    expect((await ask(await server.person(`p-${++number}`, { roles: ['guest'] }), run)).status).toBe(403);
    const token = server.as('', (await ask(person, run)).body);
    const further = [
      server.as('', (await token.get('/api_token?expires_in=604800')).body),
      server.as('', (await ask(token, run)).body),
      server.as('', (await token.get('/api_token?token_type=workload')).body),
    ];
    for (const heir of [token, ...further]) {
      expect((await heir.post('/tokens', { name: 'free' })).status).toBe(403);
      expect((await ask(heir, other)).status).toBe(403);
    }
    const ended = (await server.admin.post('/teams', { name: `clock-${number}` })).body.body.created as string;
    await set(run, { in_progress: 0, status: 'completed', end_time: ended });
    server.shift(3590);
    expect(await Promise.all([token, ...further.slice(1)].map(alive))).toEqual([true, true, true]);
    expect((await ask(token, run)).status).toBe(400);
    server.shift(20);
    expect(await Promise.all([token, ...further].map(alive))).toEqual([false, false, false, false]);
    server.shift(-3610);
    await set(run, { in_progress: 1, end_time: null });
    expect(await alive(token)).toBe(true);
    await server.app.database.transaction((tx) =>
      tx
        .deleteFrom('pipeline_run')
        .where('id', '=', run)
        .execute()
        .then(() => undefined),
    );
    expect(await Promise.all([token, ...further].map(alive))).toEqual([false, false, false, false]);
  });

  test('a bare API key makes no tokens', async () => {
    const { key } = await robot();
    const bare = server.as('', key);
    expect([(await bare.get('/api_token')).status, (await bare.post('/tokens', { name: 'x' })).status]).toEqual([401, 401]);
  });

  const fates: readonly (readonly [string, (keys: string) => Promise<unknown>])[] = [
    ['is rotated', (keys) => server.admin.put(`${keys}/key/rotate`)],
    ['is switched off', (keys) => server.admin.put(`${keys}/key`, { active: false })],
    ['is removed', (keys) => server.admin.del(`${keys}/key`)],
  ];
  test.each(fates)('everything that came of an API key ends when it %s', async (_what, act) => {
    const { keys, key } = await robot();
    const opened = server.as('', (await loginByKey(server, key)).body.access_token);
    const heirs = [server.as('', key), opened, await personal(opened), server.as('', (await opened.get('/api_token')).body)];
    heirs.push(await personal(heirs[2]!), server.as('', (await heirs[2]!.get('/api_token')).body));
    for (const heir of heirs) expect(await alive(heir)).toBe(true);
    await act(keys);
    expect(await Promise.all(heirs.map(alive))).toEqual(heirs.map(() => false));
    expect((await loginByKey(server, key)).status).toBe(401);
  });

  test('a rotated key holds for its time of grace and no longer, nor does what it opened meanwhile', async () => {
    const { keys, key } = await robot();
    const before = server.as('', (await loginByKey(server, key)).body.access_token);
    const rotated = (await server.admin.put(`${keys}/key/rotate`, { retain_period_minutes: 10 })).body.body.key;
    const during = server.as('', (await loginByKey(server, key)).body.access_token);
    const after = server.as('', (await loginByKey(server, rotated)).body.access_token);
    const all = [before, during, after, server.as('', key), server.as('', rotated)];
    expect(await Promise.all(all.map(alive))).toEqual([true, true, true, true, true]);
    server.shift(601);
    expect(await Promise.all(all.map(alive))).toEqual([false, false, true, false, true]);
    expect([(await loginByKey(server, key)).status, (await loginByKey(server, rotated)).status]).toEqual([401, 200]);
    server.shift(-601);
  });

  test('rotating once more ends the grace of the first value', async () => {
    const { keys, key } = await robot();
    await server.admin.put(`${keys}/key/rotate`, { retain_period_minutes: 10 });
    const third = (await server.admin.put(`${keys}/key/rotate`)).body.body.key;
    expect([await alive(server.as('', key)), await alive(server.as('', third))]).toEqual([false, true]);
  });
});
