// How an S3 store behaves when what answers is hostile, slow or broken; compat/s3.test.ts has one that works.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeVersion, placeOf, unused, type Place } from '../../testing/pipelines.ts';
import { dialects, testServer, type Person, type TestServer } from '../../testing/server.ts';
import type { Lookup } from './s3_endpoint.ts';

const listen = async (handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ server: Server; url: string }> => {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

describe.each(dialects)('an S3 artifact store on %s', (dialect) => {
  let server: TestServer;
  let place: Place;
  let fake: Awaited<ReturnType<typeof listen>>;
  let inner: Awaited<ReturnType<typeof listen>>;
  let answers: (request: IncomingMessage, response: ServerResponse) => void;
  let seen: IncomingMessage[] = [];
  const reached: string[] = [];
  beforeAll(async () => {
    fake = await listen((request, response) => {
      seen.push(request);
      answers(request, response);
    });
    inner = await listen((request, response) => {
      reached.push(request.url!);
      response.end('internal secret');
    });
    server = await testServer(dialect, { s3_endpoints: fake.url, s3_seconds: 1 });
    place = await placeOf(server.admin);
  });
  beforeEach(() => {
    seen = [];
  });
  afterAll(async () => {
    fake.server.closeAllConnections();
    fake.server.close();
    inner.server.close();
    await server.close();
  });

  const KEYS = { key: 'AKIAEXAMPLE', secret: 'very secret key' };
  /** A version whose data lies in a store with this configuration, both of this person. */
  const versionIn = async (person: Person, configuration: object, uri = 's3://bucket/data', more: object = {}): Promise<string> => {
    const store = await person.post('/components', {
      name: unused('s3'),
      type: 'artifact_store',
      flavor: 's3',
      configuration: { path: 's3://bucket', ...configuration },
      ...more,
    });
    expect(store.status, store.text).toBe(200);
    return (await makeVersion(person, place, unused('artifact'), { uri, artifact_store_id: store.body.id })).id;
  };
  const ours = () => ({ ...KEYS, client_kwargs: { endpoint_url: fake.url } });
  const preview = (id: string, person: Person = server.admin) => person.get(`/artifact_versions/${id}/preview`);

  test('is read with signed requests that carry no more than they must', async () => {
    answers = (request, response) => (request.method === 'HEAD' ? response.writeHead(200, { 'content-length': 5 }).end() : response.writeHead(206).end('"abc"'));
    const id = await versionIn(server.admin, { ...ours(), token: 'session-token' }, 's3://bucket/a b+c/ü%2F.json');
    expect((await preview(id)).body).toMatchObject({ kind: 'json', value: 'abc', size: 5 });
    expect(seen.map((request) => [request.method, request.url])).toEqual([
      ['HEAD', '/bucket/a%20b%2Bc/%C3%BC%252F.json'],
      ['GET', '/bucket/a%20b%2Bc/%C3%BC%252F.json'],
    ]);
    expect(seen[1]!.headers).toMatchObject({
      range: 'bytes=0-4',
      authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=/),
      'x-amz-security-token': 'session-token',
    });
    expect(JSON.stringify(seen.map((request) => request.headers))).not.toContain(KEYS.secret);
  });

  test('does not follow where it is sent, whatever the answer says', async () => {
    const id = await versionIn(server.admin, ours());
    for (const status of [301, 302, 303, 307, 308]) {
      answers = (_request, response) => response.writeHead(status, { location: `${inner.url}/latest/meta-data`, 'x-amz-bucket-region': 'eu-west-1' }).end();
      const answer = await preview(id);
      expect([answer.status, answer.text], String(status)).toEqual([503, expect.stringContaining('redirects are not followed')]);
    }
    expect(reached).toEqual([]);
  });

  test('says what is wrong without repeating what it was told', async () => {
    const id = await versionIn(server.admin, ours());
    const body = `<Error><Code>InvalidAccessKeyId</Code><AWSAccessKeyId>${KEYS.key}</AWSAccessKeyId>internal detail</Error>`;
    for (const [status, ours_] of [
      [401, 403],
      [403, 403],
      [400, 404],
      [405, 503],
      [500, 503],
      [503, 503],
      [418, 503],
    ] as const) {
      answers = (_request, response) => response.writeHead(status).end(body);
      const answer = await preview(id);
      expect(answer.status, `${status} ${answer.text}`).toBe(ours_);
      expect(answer.text).not.toMatch(/AKIAEXAMPLE|internal detail|very secret/);
    }
    answers = (request, response) => response.writeHead(request.method === 'HEAD' ? 404 : 200).end('<html>no S3</html>');
    expect((await preview(id)).status).toBe(503);
    answers = (request, response) => response.writeHead(request.method === 'HEAD' ? 404 : 200).end('<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>');
    expect((await preview(id)).status).toBe(404);
    answers = (_request, response) => response.writeHead(404).end();
    expect((await preview(id)).status).toBe(503);
  });

  test('is given up when it does not answer, stops in the middle, or never stops', async () => {
    const id = await versionIn(server.admin, ours(), 's3://bucket/data.json');
    answers = () => undefined;
    const began = performance.now();
    expect([(await preview(id)).status, performance.now() - began < 4000]).toEqual([503, true]);
    answers = (request, response) => {
      if (request.method === 'HEAD') response.writeHead(200, { 'content-length': 100 }).end();
      else response.writeHead(206, { 'content-length': 100 }).write('half');
    };
    const half = await preview(id);
    expect([half.status, half.text]).toEqual([503, expect.stringContaining('did not answer in time')]);
    answers = (request, response) => {
      if (request.method === 'HEAD') return response.writeHead(404).end();
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('<x>'.repeat(20_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return response;
    };
    expect((await preview(id)).status).toBe(503);
    // More than was asked for is not taken.
    answers = (request, response) => (request.method === 'HEAD' ? response.writeHead(200, { 'content-length': 3 }).end() : response.writeHead(200).end('123 and more'));
    expect((await preview(id)).body).toMatchObject({ value: 123 });
  });

  test('lists only what it asked for, under names that stay in their folder', async () => {
    let doctype = '';
    const keys = ['data/good.txt', 'data/../evil.txt', 'data/%2E%2E', 'other/elsewhere.txt', 'data/', 'data/a%0Ab', 'data/b%5Cc', 'data/%ff'];
    answers = (request, response) => {
      if (request.method === 'HEAD') return response.writeHead(404).end();
      if (request.url!.includes('list-type')) {
        const prefix = new URL(request.url!, fake.url).searchParams.get('prefix');
        const inside = prefix === 'data/' ? keys.map((key) => `<Contents><Key>${key}</Key><Size>4</Size></Contents>`).join('') : '';
        return response.writeHead(200).end(`<?xml version="1.0"?>${doctype}<ListBucketResult>${inside}</ListBucketResult>`);
      }
      return response.writeHead(206).end('good');
    };
    const id = await versionIn(server.admin, ours());
    expect((await preview(id)).body).toMatchObject({ files: [{ path: 'good.txt', size: 4 }], value: 'good' });
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
    expect((await preview(id)).status).toBe(503);
  });

  test('leads to no address that is not listed, from no part of its configuration', async () => {
    for (const endpoint_url of [
      inner.url,
      inner.url.replace('127.0.0.1', 'localhost'),
      inner.url.replace('127.0.0.1', '2130706433'),
      inner.url.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
      'http://169.254.169.254',
      `${fake.url}@${inner.url.slice(7)}`,
    ]) {
      const answer = await preview(await versionIn(server.admin, { ...KEYS, client_kwargs: { endpoint_url } }));
      expect([answer.status, answer.body.detail[0]], endpoint_url).toEqual([403, 'IllegalOperationError']);
    }
    for (const configuration of [
      { path: `s3://${inner.url.slice(7)}/x` },
      { path: 's3://' },
      { path: 's3://a/../b' },
      { path: '/etc' },
      { client_kwargs: { endpoint_url: fake.url, region_name: 'x\r\nhost: evil' } },
      { client_kwargs: { region_name: 'evil.org/' } },
    ])
      expect([403, 404, 422], JSON.stringify(configuration)).toContain((await preview(await versionIn(server.admin, { ...KEYS, ...configuration }))).status);
    for (const uri of [
      's3://bucket/team/../other/x',
      's3://bucket/team/./x',
      's3://bucket/team//x',
      's3://bucket/team',
      's3://bucket/other/x',
      's3://bucket/team\\..\\other',
      's3://bucket/team/\u0001',
    ])
      expect((await preview(await versionIn(server.admin, { ...ours(), path: 's3://bucket/team' }, uri))).status, uri).toBe(404);
    expect([reached, seen.length]).toEqual([[], 0]);
  });

  test('of the provider is not read where its name leads into a private network', async () => {
    const asked: string[] = [];
    const lookup: Lookup = (host, _options, done) => {
      asked.push(host);
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    Object.assign(server.app, { lookup });
    const answer = await preview(await versionIn(server.admin, KEYS));
    expect([answer.status, asked]).toEqual([503, ['bucket.s3.us-east-1.amazonaws.com']]);
    await preview(await versionIn(server.admin, { ...KEYS, path: 's3://bucket.with.dots', client_kwargs: { region_name: 'eu-west-1' } }, 's3://bucket.with.dots/x'));
    expect(asked[1]).toBe('s3.eu-west-1.amazonaws.com');
    Object.assign(server.app, { lookup: undefined });
  });

  test('never uses the server’s own credentials', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'SERVER', AWS_SECRET_ACCESS_KEY: 'SERVER' });
    const answer = await preview(await versionIn(server.admin, { client_kwargs: { endpoint_url: fake.url } }));
    process.env = before;
    expect([answer.status, answer.text, seen.length]).toEqual([403, expect.stringContaining('own are never used'), 0]);
  });

  test('takes credentials from secrets that its owner and the caller may read, and from no others', async () => {
    answers = (request, response) => (request.method === 'HEAD' ? response.writeHead(200, { 'content-length': 1 }).end() : response.writeHead(206).end('1'));
    const owner = await server.person(unused('owner'), { roles: ['developer'] });
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const secret = unused('keys').replaceAll('-', '_');
    expect((await owner.post('/secrets', { name: secret, values: { aws_access_key_id: 'FROMSECRET', aws_secret_access_key: 'x', other: 'y' } })).status).toBe(200);
    const endpoint = { client_kwargs: { endpoint_url: fake.url } };
    const referred = await versionIn(owner, { ...endpoint, key: `{{${secret}.aws_access_key_id}}`, secret: `{{ ${secret}.aws_secret_access_key }}` });
    const named = await versionIn(owner, { ...endpoint, authentication_secret: secret });
    for (const id of [referred, named]) {
      for (const person of [owner, server.admin]) expect((await preview(id, person)).status, person.name).toBe(200);
      expect(seen.at(-1)!.headers.authorization).toContain('Credential=FROMSECRET/');
      const before = seen.length;
      expect([(await preview(id, guest)).status, seen.length]).toEqual([403, before]);
    }
    expect((await preview(await versionIn(owner, { ...endpoint, key: `{{${secret}.missing}}`, secret: 'x' }), owner)).status).toBe(422);
    // What only the caller may read is not sent to where somebody else pleases.
    const hidden = unused('hidden').replaceAll('-', '_');
    await server.admin.post('/secrets', { name: hidden, private: true, values: { password: 'OFTHEADMIN' } });
    const trap = await versionIn(owner, { ...endpoint, key: `{{${hidden}.password}}`, secret: 'x', token: `{{${hidden}.password}}` });
    const before = seen.length;
    const answer = await preview(trap);
    expect([answer.status, seen.length, answer.text.includes('OFTHEADMIN')]).toEqual([403, before, false]);
  });

  test('takes credentials from an AWS connector that its owner and the caller may use, for the bucket that it opens', async () => {
    answers = (request, response) => (request.method === 'HEAD' ? response.writeHead(200, { 'content-length': 1 }).end() : response.writeHead(206).end('1'));
    const owner = await server.person(unused('owner'), { roles: ['developer'] });
    const guest = await server.person(unused('guest'), { roles: ['guest'] });
    const connectorWith = async (auth_method: string, configuration: object, more: object = {}) => {
      const made = await owner.post('/service_connectors', {
        name: unused('aws'),
        connector_type: 'aws',
        auth_method,
        resource_types: ['s3-bucket'],
        supports_instances: true,
        configuration: { region: 'eu-west-1', aws_access_key_id: 'FROMCONNECTOR', aws_secret_access_key: 'x', ...configuration },
        ...more,
      });
      expect(made.status, made.text).toBe(200);
      return made.body.id as string;
    };
    const endpoint = { client_kwargs: { endpoint_url: fake.url } };
    const through = (connector: string, connector_resource_id = 's3://bucket') => versionIn(owner, endpoint, 's3://bucket/x.json', { connector, connector_resource_id });
    const good = await through(await connectorWith('secret-key', {}));
    for (const person of [owner, server.admin]) expect((await preview(good, person)).status, person.name).toBe(200);
    expect(seen.at(-1)!.headers.authorization).toMatch(/Credential=FROMCONNECTOR\/\d{8}\/eu-west-1\//);
    expect((await preview(await through(await connectorWith('sts-token', { aws_session_token: 'SESSION' })), owner)).status).toBe(200);
    expect(seen.at(-1)!.headers['x-amz-security-token']).toBe('SESSION');
    const before = seen.length;
    expect((await preview(good, guest)).status).toBe(403);
    expect((await preview(await through(await connectorWith('iam-role', { role_arn: 'arn:aws:iam::1:role/x' })), owner)).status).toBe(501);
    expect((await preview(await through(await connectorWith('secret-key', {}), 's3://other'), owner)).status).toBe(403);
    expect((await preview(await through(await connectorWith('secret-key', {}, { expires_at: '2020-01-01T00:00:00' })), owner)).status).toBe(403);
    expect(seen.length).toBe(before);
  });
});
