import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditOf, everythingStored, withOnly } from '../../testing/hostile.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

describe.each(dialects)('secrets on %s', (dialect) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let guest: Person;
  const make = async (person: Person, name: string, values: object, extra: object = {}) => {
    const made = await person.post('/secrets', { name, values, ...extra });
    expect(made.status, made.text).toBe(200);
    return made.body;
  };
  beforeAll(async () => {
    server = await testServer(dialect);
    ada = await server.person('ada', { roles: ['developer'] });
    bob = await server.person('bob', { roles: ['developer'] });
    guest = await server.person('guest', { roles: ['guest'] });
  });
  afterAll(() => server.close());

  test('values are in the answers about one secret, and never in lists', async () => {
    const made = await make(ada, 'database', { user: 'u', password: 'p', none: null });
    expect(made.body).toMatchObject({ private: false, values: { user: 'u', password: 'p' } });
    expect((await ada.get(`/secrets/${made.id}?hydrate=false`)).body.body.values).toEqual({ user: 'u', password: 'p' });
    for (const path of ['/secrets?name=database', '/secrets?name=database&hydrate=true'])
      expect((await ada.get(path)).body.items[0].body).toMatchObject({ private: false, values: {} });
  });

  test('who sees a secret but may not read its values gets the keys alone', async () => {
    const { id } = await make(ada, 'keys only', { password: 'p' });
    expect((await guest.get(`/secrets/${id}`)).body).toMatchObject({ body: { values: { password: null } }, may: ['read'] });
    const changer = await withOnly(server, 'changer', ['secret:read', 'secret:update', 'secret:create']);
    expect((await changer.put(`/secrets/${id}?patch_values=true`, { values: { more: 'm' } })).body.body.values).toEqual({ password: null, more: null });
    expect((await bob.get(`/secrets/${id}`)).body.body.values).toEqual({ password: 'p', more: 'm' });
    expect((await changer.post('/secrets', { name: 'own', values: { a: 'b' } })).body.body.values).toEqual({ a: 'b' });
  });

  test('who asks for the keys only gets no values', async () => {
    const { id } = await make(ada, 'not shown', { password: 'p' });
    expect((await ada.get(`/secrets/${id}?keys_only=true`)).body.body.values).toEqual({ password: null });
    expect((await ada.get(`/secrets/${id}?keys_only=false`)).body.body.values).toEqual({ password: 'p' });
    const changed = await ada.put(`/secrets/${id}?patch_values=true&keys_only=true`, { values: { more: 'm' } });
    expect(changed.body.body.values).toEqual({ password: null, more: null });
    expect((await ada.get(`/secrets/${id}`)).body.body.values).toEqual({ password: 'p', more: 'm' });
  });

  test('an update replaces the values, or changes single ones', async () => {
    const { id } = await make(ada, 'changing', { a: '1', b: '2' });
    const put = async (query: string, values: object) => (await ada.put(`/secrets/${id}${query}`, { values })).body.body.values;
    expect(await put('?patch_values=True', { b: '3', c: '4' })).toEqual({ a: '1', b: '3', c: '4' });
    expect(await put('?patch_values=true', { a: null })).toEqual({ b: '3', c: '4' });
    expect(await put('', { d: '5', e: null })).toEqual({ d: '5' });
    expect((await ada.put(`/secrets/${id}`, { name: 'renamed', values: null, private: null })).body).toMatchObject({ name: 'renamed', body: { values: { d: '5' } } });
    expect(await put('?patch_values=false', {})).toEqual({});
  });

  test('a private secret is there for its owner alone', async () => {
    const { id } = await make(ada, 'token', { t: 'x' }, { private: true });
    for (const other of [bob, guest, server.admin]) {
      expect((await other.get(`/secrets/${id}`)).status).toBe(404);
      expect((await other.put(`/secrets/${id}`, { values: {} })).status).toBe(404);
      expect((await other.del(`/secrets/${id}`)).status).toBe(404);
      expect((await other.get('/secrets?private=true&name=token')).body.total).toBe(0);
    }
    // One name, several owners, and one for everybody.
    const shared = await make(bob, 'token', { t: 'y' });
    await make(bob, 'token', { t: 'z' }, { private: true });
    expect((await ada.get('/secrets?name=token')).body.total).toBe(2);
    expect((await ada.post('/secrets', { name: 'token', values: {}, private: true })).body.detail).toEqual([
      'EntityExistsError',
      "There is already a secret with the name 'token'; choose another name or use the one that exists",
    ]);
    expect((await ada.post('/secrets', { name: 'token', values: {} })).status).toBe(409);
    expect((await ada.put(`/secrets/${shared.id}`, { private: true })).body.detail[1]).toContain('Only its owner');
    expect((await bob.put(`/secrets/${shared.id}`, { private: true })).status).toBe(409);
    expect((await ada.put(`/secrets/${id}`, { private: false })).status).toBe(409);
    expect((await ada.put(`/secrets/${id}`, { name: 'open', private: false })).body.body).toMatchObject({ private: false, values: { t: 'x' } });
    expect((await bob.get(`/secrets/${id}`)).status).toBe(200);
  });

  test('a request that comes twice is answered from the secret, not from a memory of its values', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { name: 'twice', values: { k: 'v-twice' } };
    const [first, again] = [await ada.post('/secrets', body, headers), await ada.post('/secrets', body, headers)];
    expect(again.body).toEqual(first.body);
    expect(first.body.body.values).toEqual({ k: 'v-twice' });
    expect(JSON.stringify(await server.app.database.read.selectFrom('idempotency').selectAll().execute())).not.toContain('v-twice');
  });

  test('there is no second store to copy secrets to', async () => {
    expect((await bob.put('/secrets_operations/backup', {})).body).toMatchObject({ needs: 'secret:backup_restore' });
    for (const name of ['backup', 'restore']) {
      const { status, body } = await server.admin.put(`/secrets_operations/${name}?ignore_errors=true`);
      expect(`${status} ${body.detail[0]}`).toBe('501 NotImplementedError');
    }
  });

  test('they are attached to stacks and components, and shown to those who see them', async () => {
    const [open, own] = [await make(ada, 'for all', { a: '1' }), await make(ada, 'for ada', { a: '1' }, { private: true })];
    const part = await ada.post('/components', { name: 'attached', type: 'artifact_store', flavor: 'local', configuration: {}, secrets: ['for all', own.id] });
    expect(part.body.metadata.secrets, part.text).toEqual([open.id, own.id]);
    expect((await bob.get(`/components/${part.body.id}`)).body.metadata.secrets).toEqual([open.id]);
    const orchestrator = (await ada.get('/components?type=orchestrator&name=default')).body.items[0].id;
    const components = { orchestrator: [orchestrator], artifact_store: [part.body.id] };
    expect((await bob.post('/stacks', { name: 'attached', components, secrets: ['for ada'] })).status).toBe(404);
    const stack = await bob.post('/stacks', { name: 'attached', components, secrets: ['for all'] });
    expect(stack.body.metadata.secrets, stack.text).toEqual([open.id]);
    const added = await ada.put(`/stacks/${stack.body.id}`, { add_secrets: [own.id, open.id] });
    expect(added.body.metadata.secrets).toEqual([open.id, own.id]);
    expect((await bob.get('/stacks?name=attached&hydrate=true')).body.items[0].metadata.secrets).toEqual([open.id]);
    expect(await auditOf(server)).toContain(`\\"added\\":[\\"${own.id}`);
    expect((await ada.put(`/stacks/${stack.body.id}`, { remove_secrets: ['for all'] })).body.metadata.secrets).toEqual([own.id]);
    expect((await bob.put(`/stacks/${stack.body.id}`, { remove_secrets: [own.id] })).status).toBe(404);
    expect((await ada.del(`/secrets/${own.id}`)).status).toBe(200);
    expect((await ada.get(`/stacks/${stack.body.id}`)).body.metadata.secrets).toEqual([]);
    expect((await ada.del(`/stacks/${stack.body.id}`)).status).toBe(200);
  });

  test('no value is anywhere but in the answers that are asked for', async () => {
    const canary = (n: number): string => `canary-${n}-b7e1d2`;
    const headers = () => ({ 'idempotency-key': randomUUID() });
    const said: string[] = [];
    const hear = (answer: { text: string }): void => void said.push(answer.text);
    const { body: made } = await ada.post('/secrets', { name: 'canary', values: { [`key-${canary(1)}`]: canary(2) } }, headers());
    const { body: hidden } = await ada.post('/secrets', { name: 'canary', private: true, values: { k: canary(3) } }, headers());
    await ada.put(`/secrets/${made.id}?patch_values=true`, { values: { k: canary(4) } });
    await ada.put(`/secrets/${hidden.id}`, { values: { k: canary(5) } });
    hear(await ada.post('/secrets', { name: 'canary', values: { k: canary(6) } }, headers()));
    hear(await ada.post('/secrets', { name: 'other', values: { k: [canary(7)] } }, headers()));
    hear(await ada.post('/secrets', `{"name": "other", "values": {"k": "${canary(8)}", }}`, headers()));
    hear(await guest.post('/secrets', { name: 'refused', values: { k: canary(9) } }, headers()));
    hear(await bob.put(`/secrets/${hidden.id}`, { values: { k: canary(9) } }));
    hear(await ada.get('/secrets?hydrate=true&size=1000'));
    hear(await server.admin.get('/audit_events?hydrate=true&size=1000'));
    const places = { stored: await everythingStored(server), audit: await auditOf(server), said: said.join('\n') };
    for (const [place, text] of Object.entries(places)) expect(text.includes('b7e1d2'), place).toBe(false);
    expect((await ada.get(`/secrets/${made.id}`)).body.body.values).toEqual({ [`key-${canary(1)}`]: canary(2), k: canary(4) });
  });
});
