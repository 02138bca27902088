import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditOf, everythingStored, withOnly } from '../../testing/hostile.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';

const zenml = { 'user-agent': 'zenml/0.98.0' };
const docker = (extra: object = {}) => ({
  connector_type: 'docker',
  auth_method: 'password',
  resource_types: ['docker-registry'],
  configuration: { username: 'u', password: 'p', registry: 'registry.example.org' },
  ...extra,
});

describe.each(dialects)('service connectors on %s', (dialect) => {
  let server: TestServer;
  let ada: Person;
  let guest: Person;
  /** A token endpoint; what it was sent. */
  let endpoint: Server;
  const heard: { authorization: string | undefined; body: string }[] = [];
  let token_url: string;
  const make = async (person: Person, name: string, extra: object = {}) => {
    const made = await person.post('/service_connectors', { name, ...docker(), ...extra });
    expect(made.status, made.text).toBe(200);
    return made.body;
  };
  const words = ({ status, body }: { status: number; body: any }): string => `${status} ${body.detail[1]}`;
  beforeAll(async () => {
    server = await testServer(dialect, { private_hosts: 'localhost' });
    ada = await server.person('ada', { roles: ['developer'] });
    guest = await server.person('guest', { roles: ['guest'] });
    endpoint = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        heard.push({ authorization: request.headers.authorization, body });
        const good = body.includes('good') || (request.headers.authorization ?? '').includes(Buffer.from('id:good').toString('base64'));
        response
          .writeHead(good ? 200 : 401, { 'content-type': 'application/json' })
          .end(JSON.stringify(good ? { access_token: 'short-lived', token_type: 'Bearer', expires_in: 60 } : { error: 'good grief' }));
      });
    });
    await new Promise<void>((done) => endpoint.listen(0, 'localhost', done));
    token_url = `http://localhost:${(endpoint.address() as AddressInfo).port}/token`;
  });
  afterAll(async () => {
    endpoint.close();
    await server.close();
  });

  test('types that the server can use are listed, with facts that clients check a configuration by', async () => {
    const { body } = await ada.get('/service_connector_types');
    expect(body.map((type: any) => type.connector_type)).toEqual(['docker', 'oauth2']);
    expect(body[0].auth_methods[0].config_schema).toMatchObject({ required: ['username', 'password'], properties: { password: { format: 'password' } } });
    expect((await ada.get('/service_connector_types?auth_method=token')).body).toHaveLength(1);
    expect((await ada.get('/service_connector_types?all=true&resource_type=kubernetes-cluster')).body.map((type: any) => type.connector_type)).toEqual([
      'aws',
      'gcp',
      'azure',
      'kubernetes',
    ]);
    expect((await ada.get('/service_connector_types/docker')).body).toEqual(body[0]);
    // A client takes what it finds here for something that the server does: the clouds' own it must do itself.
    expect((await ada.get('/service_connector_types/aws')).body.detail[0]).toBe('KeyError');
    expect((await ada.get('/service_connector_types/aws?all=true')).body).toMatchObject({ local: true, remote: false });
  });

  test('the secret part of a configuration is for those who may read it', async () => {
    const made = await make(ada, 'registry', { labels: { team: 'ml' } });
    expect(made.body).toMatchObject({ connector_type: { connector_type: 'docker' }, resource_types: ['docker-registry'], supports_instances: false, resource_id: null });
    expect(made.metadata).toMatchObject({ configuration: { username: 'u', password: 'p', registry: 'registry.example.org' }, labels: { team: 'ml' } });
    const seen = async (person: Person, query: string) => (await person.get(`/service_connectors/${made.id}${query}`)).body.metadata.configuration;
    expect(await seen(ada, '')).toMatchObject({ password: 'p' });
    expect(await seen(ada, '?expand_secrets=False')).toEqual({ registry: 'registry.example.org' });
    expect(await seen(guest, '?expand_secrets=true')).toEqual({ registry: 'registry.example.org' });
    const listed = async (person: Person, query: string) =>
      (await person.get(`/service_connectors?name=registry&hydrate=true${query}`)).body.items[0].metadata.configuration;
    expect(await listed(ada, '')).toEqual({ registry: 'registry.example.org' });
    expect(await listed(ada, '&expand_secrets=True')).toMatchObject({ username: 'u', password: 'p' });
    expect(await listed(guest, '&expand_secrets=True')).toEqual({ registry: 'registry.example.org' });
  });

  test('a configuration must fit its type', async () => {
    const bad = async (extra: object) => words(await ada.post('/service_connectors', { name: 'bad', ...docker(), ...extra }));
    expect(await bad({ configuration: { username: 'u' } })).toBe('422 configuration: password is missing');
    expect(await bad({ configuration: { username: 'u', password: 'p', regstry: 'x' } })).toContain("did you mean 'registry'");
    expect(await bad({ configuration: { username: 'u', password: 7 } })).toBe('422 configuration: password must be text');
    expect(await bad({ auth_method: 'token' })).toContain("have no method 'token'; they have password");
    expect(await bad({ resource_types: ['s3-bucket'] })).toContain('they open docker-registry');
    expect(await bad({ expiration_seconds: 60 })).toContain('have no chosen end');
    expect(
      (await ada.post('/service_connectors', { name: 'extra', ...docker({ configuration: { username: 'u', password: 'p', generate_temporary_tokens: true } }) }, zenml))
        .status,
    ).toBe(200);
    expect((await ada.post('/service_connectors', { name: 'extra', ...docker() })).status).toBe(409);
    expect((await guest.post('/service_connectors', { name: 'x', ...docker() })).body).toMatchObject({ needs: 'service_connector:create' });
  });

  test('types of the clouds are kept, their secrets apart, and what is not known at all is secret as a whole', async () => {
    const aws = await make(ada, 'cloud', {
      connector_type: { name: 'AWS Service Connector', connector_type: 'aws', resource_types: [], auth_methods: [] },
      auth_method: 'secret-key',
      resource_types: ['s3-bucket'],
      configuration: { aws_access_key_id: 'a', aws_secret_access_key: 's', region: 'eu' },
    });
    expect(aws.body).toMatchObject({ connector_type: 'aws', supports_instances: true });
    expect((await guest.get(`/service_connectors/${aws.id}`)).body.metadata.configuration).toEqual({ region: 'eu' });
    const odd = await make(ada, 'odd', { connector_type: 'mainframe', auth_method: 'card', resource_types: ['tape', 'disk'], configuration: { slot: 1, pin: '1234' } });
    expect(odd.body.resource_types).toEqual(['tape', 'disk']);
    expect(odd.metadata.configuration).toEqual({ slot: 1, pin: '1234' });
    expect((await guest.get(`/service_connectors/${odd.id}`)).body.metadata.configuration).toEqual({});
    for (const { id } of [aws, odd]) expect((await ada.put(`/service_connectors/${id}/verify`)).body.detail[0]).toBe('NotImplementedError');
  });

  test('they are found by what they open and by their labels', async () => {
    await make(ada, 'labelled', { labels: { env: 'prod', 'a"b': 'x,y' } });
    await make(ada, 'Labelled', { labels: { env: 'Prod' } });
    const found = async (query: string) => (await ada.get(`/service_connectors?sort_by=name&${query}`)).body.items.map((item: any) => item.name);
    expect(await found('labels_str=env=prod')).toEqual(['labelled']);
    expect(await found(`labels_str=${encodeURIComponent('{"env": null}')}`)).toEqual(['Labelled', 'labelled']);
    expect(await found(`labels_str=${encodeURIComponent('{"a\\"b": "x,y", "env": "prod"}')}`)).toEqual(['labelled']);
    expect(await found('labels_str=nv=prod')).toEqual([]);
    expect(await found('resource_type=s3-bucket')).toEqual(['cloud']);
    expect(await found('resource_type=docker-registr')).toEqual([]);
    expect(await found('connector_type=aws')).toEqual(['cloud']);
  });

  test('an update replaces the configuration; null clears what it opens alone', async () => {
    const { id } = await make(ada, 'changing', { resource_id: 'registry.example.org', description: 'mine' });
    const put = async (body: object) => (await ada.put(`/service_connectors/${id}`, body)).body;
    expect((await put({ description: null, labels: { a: 'b' }, configuration: null })).metadata).toMatchObject({ labels: { a: 'b' }, configuration: { password: 'p' } });
    expect((await put({ configuration: { username: 'v', password: 'q' } })).metadata.configuration).toEqual({ username: 'v', password: 'q' });
    const cleared = await put({ resource_id: null, connector_type: 'docker' });
    expect(cleared.body).toMatchObject({ resource_id: null, description: 'mine' });
    expect((await put({ name: 'changed' })).name).toBe('changed');
    expect((await put({ auth_method: 'none' })).detail[1]).toContain('have no method');
  });

  test('docker connectors are verified and handed out, without an engine', async () => {
    const hub = await make(ada, 'hub', { configuration: { username: 'u', password: 'p' } });
    expect((await guest.put(`/service_connectors/${hub.id}/verify`)).body).toMatchObject({
      id: hub.id,
      name: 'hub',
      connector_type: { connector_type: 'docker' },
      resources: [{ resource_type: 'docker-registry', resource_ids: ['docker.io'], error: null }],
      error: null,
    });
    expect((await ada.put(`/service_connectors/${hub.id}/verify?resource_id=https://index.docker.io/v1/me`)).body.resources[0].resource_ids).toEqual(['docker.io']);
    expect((await ada.put(`/service_connectors/${hub.id}/verify?list_resources=false`)).body.resources[0].resource_ids).toBeNull();
    expect((await ada.put(`/service_connectors/${hub.id}/verify?resource_id=ghcr.io`)).body.error).toBe("The connector opens 'docker.io', not 'ghcr.io'");
    expect(words(await ada.put(`/service_connectors/${hub.id}/verify?resource_type=s3-bucket`))).toContain('400 The connector does not open');
    expect(words(await ada.get(`/service_connectors/${hub.id}/client?resource_id=ghcr.io`))).toContain("400 The connector opens 'docker.io'");
    expect((await ada.post('/service_connectors/verify', { name: 'x', ...docker() })).body.resources[0].resource_ids).toEqual(['registry.example.org']);
    expect((await ada.post('/service_connectors/verify', { name: 'x', ...docker({ expires_at: '2020-01-01T00:00:00' }) })).body.error).toContain('expired');
    expect((await guest.get(`/service_connectors/${hub.id}/client`)).body).toMatchObject({ needs: 'service_connector:client' });
    const user = await withOnly(server, 'runner', ['service_connector:read', 'service_connector:client']);
    expect((await user.get(`/service_connectors/${hub.id}`)).body.metadata.configuration).toEqual({});
    expect((await user.get(`/service_connectors/${hub.id}/client?resource_type=docker-registry`)).body).toMatchObject({
      name: 'hub',
      body: { resource_id: 'docker.io', connector_type: { connector_type: 'docker' } },
      metadata: { configuration: { username: 'u', password: 'p' } },
    });
    const opened = (await ada.get('/service_connectors/resources?name=oneof:["hub","cloud"]')).body;
    expect(opened.map((one: any) => [one.name, one.resources[0].resource_ids])).toEqual([
      ['cloud', null],
      ['hub', ['docker.io']],
    ]);
    const full = await ada.post(`/service_connectors/full_stack_resources?connector_uuid=${hub.id}`, {});
    expect(full.body).toMatchObject({ connector_type: 'docker', components_resources_info: { orchestrator: [] } });
    expect((await ada.post('/service_connectors/full_stack_resources', { type: 'aws', auth_method: 'implicit', configuration: {} })).status).toBe(501);
    expect((await ada.post('/service_connectors/full_stack_resources', {})).status).toBe(400);
    expect((await guest.post('/service_connectors/full_stack_resources', { type: 'docker', auth_method: 'password' })).status).toBe(403);
  });

  test('an OAuth2 grant becomes a token that ends; the lasting secret stays here', async () => {
    const oauth = (client_secret: string, extra: object = {}) => ({
      connector_type: 'oauth2',
      auth_method: 'client-credentials',
      resource_types: ['oauth2-api'],
      configuration: { api_url: 'https://api.example.org', token_url, client_id: 'id', client_secret, token_headers: { 'x-key': 'k' }, ...extra },
    });
    const good = await make(ada, 'api', oauth('good', { client_auth_method: 'client_secret_basic' }));
    expect((await guest.get(`/service_connectors/${good.id}`)).body.metadata.configuration).toEqual({
      api_url: 'https://api.example.org',
      token_url,
      client_id: 'id',
      client_auth_method: 'client_secret_basic',
    });
    expect((await ada.put(`/service_connectors/${good.id}/verify`)).body).toMatchObject({ error: null, resources: [{ resource_ids: ['https://api.example.org'] }] });
    expect(heard.at(-1)).toEqual({ authorization: `Basic ${Buffer.from('id:good').toString('base64')}`, body: 'grant_type=client_credentials' });
    const client = (await ada.get(`/service_connectors/${good.id}/client`)).body;
    expect(client).toMatchObject({ body: { auth_method: 'token' }, metadata: { configuration: { api_url: 'https://api.example.org', access_token: 'short-lived' } } });
    expect(client.body.expires_at).toMatch(/^\d{4}-/);
    expect(JSON.stringify(client)).not.toContain('good');
    const bad = (await ada.post('/service_connectors/verify', { name: 'x', ...oauth('wrong') })).body;
    expect(bad.error).toBe('The token endpoint refused the credentials (HTTP 401)');
    for (const [url, why] of [
      ['http://127.0.0.1:1/token', 'private network'],
      ['http://[::1]:1/token', 'private network'],
      ['http://[::ffff:10.0.0.1]/token', 'private network'],
      ['http://169.254.169.254/latest', 'private network'],
      ['file:///etc/passwd', 'must be http'],
    ] as const)
      expect((await ada.post('/service_connectors/verify', { name: 'x', ...oauth('good', { token_url: url }) })).body.error, url).toContain(why);
    expect((await ada.post('/service_connectors/verify', { name: 'x', ...oauth('good', { token_headers: { Authorization: 'x' } }) })).body.error).toContain('cannot set');
  });

  test('components use connectors that their maker can read; what is used stays as it is', async () => {
    const shared = await make(ada, 'used');
    const own = await make(ada, 'own', { private: true });
    const bob = await server.person('bob', { roles: ['developer'] });
    const part = { type: 'container_registry', flavor: 'default', configuration: { uri: 'registry.example.org' } };
    expect((await bob.post('/components', { name: 'r', ...part, connector: own.id })).status).toBe(404);
    const made = await ada.post('/components', { name: 'r', ...part, connector: own.id, connector_resource_id: 'registry.example.org' });
    expect(made.body.metadata, made.text).toMatchObject({
      connector: { id: own.id, name: 'own', body: { auth_method: 'password' } },
      connector_resource_id: 'registry.example.org',
    });
    expect(JSON.stringify(made.body)).not.toContain('"p"');
    const url = `/components/${made.body.id}`;
    expect((await bob.get(url)).body.metadata.connector).toEqual({ id: own.id, name: '', permission_denied: true, body: null, metadata: null, resources: null });
    // The stock client sends the connector along with whatever it changes.
    expect((await bob.put(url, { labels: { a: '1' }, connector: own.id, connector_resource_id: 'registry.example.org' })).status).toBe(200);
    expect((await ada.get(`/components?connector_id=${own.id}`)).body.total).toBe(1);
    expect((await bob.get(`/components?connector_id=${own.id}`)).body.total).toBe(0);
    expect(words(await ada.del(`/service_connectors/${own.id}`))).toContain("403 The service connector 'own' is used by a component");
    expect((await ada.put(`/service_connectors/${own.id}`, { resource_id: 'other' })).status).toBe(403);
    expect((await ada.put(`/service_connectors/${own.id}`, { configuration: { username: 'n', password: 'n' } })).status).toBe(200);
    expect((await bob.put(url, { connector: shared.id })).body.metadata).toMatchObject({ connector: { id: shared.id }, connector_resource_id: null });
    expect((await bob.put(url, { connector: null })).body.metadata.connector).toBeNull();
    expect((await ada.del(`/service_connectors/${own.id}`)).status).toBe(200);
  });

  test('a stack is made with its connectors, all or none', async () => {
    const body = (name: string, index: number, registry = 'r.example.org') => ({
      name,
      labels: { origin: 'test' },
      service_connectors: [{ type: 'docker', auth_method: 'password', configuration: { username: 'u', password: 'p', registry } }],
      components: {
        orchestrator: [{ flavor: 'local', configuration: {} }],
        artifact_store: [{ flavor: 'local', configuration: {} }],
        container_registry: [{ flavor: 'default', configuration: { uri: registry }, service_connector_index: index }],
      },
    });
    expect(words(await ada.post('/stacks', body('inline', 3)))).toContain('422 components: service_connector_index 3');
    expect((await ada.get('/service_connectors?name=inline')).body.total).toBe(0);
    const made = await ada.post('/stacks', body('inline', 0));
    expect(made.status, made.text).toBe(200);
    const [connector] = (await ada.get('/service_connectors?name=inline&hydrate=true')).body.items;
    expect(connector.metadata.labels).toEqual({ origin: 'test' });
    const registry = (await ada.get(`/components/${made.body.metadata.components.container_registry[0].id}`)).body;
    expect(registry.metadata).toMatchObject({ connector: { id: connector.id }, connector_resource_id: 'r.example.org' });
    const wrong = {
      ...body('wrong', 0),
      components: { ...body('wrong', 0).components, orchestrator: [{ flavor: 'local', configuration: {}, service_connector_index: 0 }] },
    };
    expect(words(await ada.post('/stacks', wrong))).toContain("400 The flavor 'local' uses no service connector");
  });

  test('no credential is anywhere but in the answers that are asked for', async () => {
    const canary = (n: number): string => `canary-${n}-c4d9a1`;
    const said: string[] = [];
    const hear = (answer: { text: string }): void => void said.push(answer.text);
    const keyed = () => ({ 'idempotency-key': randomUUID() });
    const body = (n: number) => ({ name: 'canary', ...docker({ configuration: { username: canary(n), password: canary(n) } }) });
    const headers = keyed();
    const made = await ada.post('/service_connectors', body(1), headers);
    expect((await ada.post('/service_connectors', body(1), headers)).body).toEqual(made.body);
    await ada.put(`/service_connectors/${made.body.id}`, { configuration: { username: canary(2), password: canary(3) } });
    await ada.get(`/service_connectors/${made.body.id}/client`);
    hear(await ada.put(`/service_connectors/${made.body.id}/verify`));
    hear(await ada.post('/service_connectors', body(4), keyed()));
    hear(await ada.post('/service_connectors', { ...body(5), auth_method: 'none' }, keyed()));
    hear(await ada.post('/service_connectors/verify', body(5), keyed()));
    hear(await ada.post('/service_connectors/verify', { ...body(5), configuration: { username: canary(5) } }, keyed()));
    hear(await guest.post('/service_connectors', body(6), keyed()));
    hear(await guest.get(`/service_connectors/${made.body.id}`));
    hear(await ada.get('/service_connectors?size=1000&hydrate=true'));
    hear(await ada.get('/service_connectors/resources'));
    hear(await server.admin.get('/audit_events?hydrate=true&size=1000'));
    await ada.post('/service_connectors', { ...body(7), name: 'unknown', connector_type: 'unknown' });
    const places = { stored: await everythingStored(server), audit: await auditOf(server), said: said.join('\n') };
    for (const [place, text] of Object.entries(places)) expect(text.includes('c4d9a1'), place).toBe(false);
    expect((await ada.get(`/service_connectors/${made.body.id}`)).body.metadata.configuration).toEqual({ username: canary(2), password: canary(3) });
  });
});
