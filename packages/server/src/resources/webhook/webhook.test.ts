import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Answer, type TestServer } from '../../testing/server.ts';

const digest = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

describe.each(dialects)('webhooks on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  beforeAll(async () => {
    server = await testServer(dialect, { webhook_body_limit: 100_000, webhook_events_per_minute: 30 });
    place = await placeOf(server.admin);
  });
  afterAll(() => server.close());

  const make = async (more: object = {}): Promise<any> => {
    const made = await server.admin.post('/webhooks', { project: place.project, name: unused('hook'), webhook_type: 'custom', secret: 'hush', ...more });
    expect(made.status, made.text).toBe(200);
    return made.body;
  };
  const send = (hook: any, text: string, headers: Record<string, string> = {}, type = 'custom'): Promise<Answer> =>
    server.anonymous.post(`/webhooks/${type}/${hook.id}/events`, text, headers);
  const signed = (text: string, more: Record<string, string> = {}, secret = 'hush') => ({
    'x-zenml-signature-256': `sha256=${digest(secret, text)}`,
    'x-zenml-event': 'ping',
    ...more,
  });
  const stats = async (hook: any) => (await server.admin.get(`/webhooks/${hook.id}`)).body.metadata.stats;

  test('tell their secret once, when it was made here, and keep it sealed', async () => {
    const { admin } = server;
    const made = await make({ secret: null });
    expect(made.secret).toMatch(/^[\w-]{43}$/);
    expect(made.body).toMatchObject({
      webhook_type: 'custom',
      active: true,
      endpoint_url: expect.stringMatching(new RegExp(`^http.*/api/v1/webhooks/custom/${made.id}/events$`)),
    });
    expect((await make()).secret).toBeNull();
    const everywhere = [
      (await admin.get(`/webhooks/${made.id}`)).text,
      (await admin.get('/webhooks?hydrate=true')).text,
      (await admin.get('/audit_events?size=1000&hydrate=true')).text,
      JSON.stringify((await sql`select * from webhook`.execute(server.app.database.read)).rows),
      JSON.stringify((await sql`select * from idempotency`.execute(server.app.database.read)).rows),
    ];
    expect(everywhere.filter((text) => text.includes(made.secret))).toEqual([]);
    const rotated = await admin.put(`/webhooks/${made.id}/secret`, {});
    expect(rotated.body.secret).not.toBe(made.secret);
    expect((await send(made, '{}', signed('{}', {}, made.secret))).status).toBe(401);
    expect((await send(made, '{}', signed('{}', {}, rotated.body.secret))).status).toBe(202);
    expect((await admin.put(`/webhooks/${made.id}/secret`, { secret: 'mine' })).body).toEqual({ secret: 'mine' });
    expect((await send(made, '{}', signed('{}', {}, 'mine'))).status).toBe(202);
  });

  test('take what is signed as their kind asks, and nothing else', async () => {
    const hook = await make();
    const text = '{"a": 1.0}';
    const wrong: Record<string, string>[] = [
      {},
      { 'x-zenml-signature-256': digest('hush', text), 'x-zenml-event': 'ping' },
      { 'x-zenml-signature-256': 'sha256=', 'x-zenml-event': 'ping' },
      signed(text, {}, 'other'),
      signed(`${text} `),
    ];
    for (const headers of wrong) expect((await send(hook, text, headers)).status).toBe(401);
    const taken = await send(hook, text, signed(text, { 'x-zenml-delivery': 'first' }));
    expect(taken.status, taken.text).toBe(202);
    expect((await send(hook, 'no json', signed('no json'))).status).toBe(400);
    expect((await send(hook, '[1]', signed('[1]'))).status).toBe(400);
    expect((await send(hook, '{}', { 'x-zenml-signature-256': `sha256=${digest('hush', '{}')}` })).status).toBe(400);
    expect(await stats(hook)).toMatchObject({
      received_count: 9,
      accepted_count: 1,
      auth_failed_count: 5,
      invalid_payload_count: 3,
      last_error_summary: 'The header x-zenml-event is missing',
    });
    expect((await send(hook, text, signed(text), 'github')).status).toBe(404);
    expect((await send({ id: crypto.randomUUID() }, text, signed(text))).status).toBe(404);
    const long = JSON.stringify({ long: 'x'.repeat(100_000) });
    expect((await send(hook, long, signed(long))).status).toBe(413);
    const raw = await server.admin.get(`/webhooks/${hook.id}/events/raw?delivery_id=first`);
    expect(raw.text).toBe('{"body":{"a":1.0}}');
    expect((await server.admin.get(`/webhooks/${hook.id}/events/raw?delivery_id=second`)).status).toBe(404);
    await server.admin.put(`/webhooks/${hook.id}`, { active: false });
    expect((await send(hook, text, signed(text))).status).toBe(409);
  });

  test('of GitHub, ClickUp and Slack have their own signatures; Slack asks for fresh ones', async () => {
    const [github, clickup, slack] = [await make({ webhook_type: 'github' }), await make({ webhook_type: 'clickup' }), await make({ webhook_type: 'slack' })];
    const push = '{"ref":"refs/heads/main"}';
    expect((await send(github, push, { 'x-hub-signature-256': `sha256=${digest('hush', push)}`, 'x-github-event': 'push' }, 'github')).status).toBe(202);
    expect((await send(github, push, signed(push), 'github')).status).toBe(401);
    const task = '{"event":"taskCreated","webhook_id":"w","history_items":[{"id":2},{"id":"1"}]}';
    expect((await send(clickup, task, { 'x-signature': digest('hush', task).toUpperCase() }, 'clickup')).status).toBe(202);
    expect((await server.admin.get(`/webhooks/${clickup.id}/events/raw?delivery_id=${encodeURIComponent('w:1,2')}`)).status).toBe(200);
    const hello = '{"type":"url_verification","challenge":"abc"}';
    const at = (seconds: number) => String(Math.floor(Date.parse(`${server.app.clock().slice(0, 19)}Z`) / 1000) + seconds);
    const slackHeaders = (text: string, seconds = 0) => ({
      'x-slack-request-timestamp': at(seconds),
      'x-slack-signature': `v0=${digest('hush', `v0:${at(seconds)}:${text}`)}`,
    });
    const verified = await send(slack, hello, slackHeaders(hello), 'slack');
    expect([verified.status, verified.body]).toEqual([200, { challenge: 'abc' }]);
    expect((await send(slack, hello, slackHeaders(hello, -400), 'slack')).status).toBe(401);
    expect((await send(slack, hello, { ...slackHeaders(hello), 'x-slack-request-timestamp': at(5) }, 'slack')).status).toBe(401);
  });

  test('do a delivery once, however often it comes, and only so many in a minute', async () => {
    const hook = await make();
    const text = '{"n":1}';
    const waiting = async () =>
      Number((await sql<{ n: number }>`select count(*) as n from pending_dispatch where subject_id = ${hook.id}`.execute(server.app.database.read)).rows[0]!.n);
    for (let i = 0; i < 3; i++) expect((await send(hook, text, signed(text, { 'x-zenml-delivery': 'same' }))).status).toBe(202);
    expect(await waiting()).toBe(1);
    const told = await server.admin.get('/audit_events?action=receive&hydrate=true&size=1000');
    expect(told.body.items.filter((item: any) => item.body.target_id === hook.id)).toHaveLength(1);
    for (let i = 3; i < 30; i++) expect((await send(hook, text, signed(text))).status).toBe(202);
    const over = await send(hook, text, signed(text));
    expect([over.status, Number(over.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await send(hook, text, signed(text, {}, 'wrong'))).status).toBe(401);
    server.shift(61);
    expect((await send(hook, text, signed(text))).status).toBe(202);
  });

  test('are for those who may: a guest reads events but makes none, a stranger sees nothing', async () => {
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const stranger = await server.person(unused('stranger'));
    const hook = await make();
    await send(hook, '{}', signed('{}', { 'x-zenml-delivery': 'd' }));
    expect((await guest.get(`/webhooks/${hook.id}/events/raw?delivery_id=d`)).status).toBe(200);
    expect((await guest.put(`/webhooks/${hook.id}/secret`, {})).status).toBe(403);
    expect((await guest.post('/webhooks', { project: place.project, name: unused('w'), webhook_type: 'custom' })).status).toBe(403);
    expect((await stranger.get(`/webhooks/${hook.id}/events/raw?delivery_id=d`)).status).toBe(404);
    expect((await server.admin.post('/webhooks', { project: place.project, name: unused('w'), webhook_type: 'pigeon' })).status).toBe(422);
  });
});
