import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, discard, temporary, type Run } from './testing/cli.ts';
import { startServer, type TestServer } from './testing/server.ts';

let server: TestServer;
const folders = [temporary(), temporary(), temporary()] as const;
const [boss, ada, local]: readonly Run[] = folders.map((folder) => cli(folder));
const password = 'a long enough passphrase';

beforeAll(async () => {
  server = await startServer();
  await boss!(['login', server.url, '--username', server.username, '--password-stdin'], { stdin: server.password });
  await boss!(['user', 'create', 'ada', '--role', 'guest', '--password-stdin'], { stdin: password });
  await ada!(['login', server.url, '--username', 'ada', '--password-stdin'], { stdin: password });
});
afterAll(async () => {
  await server?.stop();
  folders.forEach(discard);
});

test('a secret is made from arguments, files and stdin, and its values are shown only where they are asked for', async () => {
  const file = join(folders[0], 'key.txt');
  writeFileSync(file, 'from a file\n');
  const made = await boss!(['secret', 'create', 'registry', 'user=ci', `key=@${file}`, 'at=@@x', '-o', 'json']);
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('Warning: values on the command line') });
  expect(JSON.parse(made.out).body.values).toEqual({ user: null, key: null, at: null });
  const quiet = await boss!(['secret', 'create', 'db', '--values-stdin', '--private'], {
    stdin: '{"password": "a=b"}',
  });
  expect(quiet).toMatchObject({ code: 0, out: '', err: 'Private secret db created.\n' });
  expect((await boss!(['secret', 'create', 'lines', '--values-stdin'], { stdin: 'a=1\nb=x=y\n' })).code).toBe(0);
  expect((await boss!('secret get registry --key key')).out).toBe('from a file\n\n');
  expect((await boss!('secret get registry --key at')).out).toBe('@x\n');
  expect((await boss!('secret get lines -o json')).out).toContain('"b": "x=y"');
  expect((await boss!('secret get lines')).out).toMatch(/b\s+x=y/i);
  for (const format of ['table', 'json', 'csv']) {
    const { out, err } = await boss!(`secret list -o ${format}`);
    expect(out).toContain('registry');
    expect(out + err).not.toMatch(/from a file|x=y/);
  }
  expect(await boss!('secret get nothing')).toMatchObject({ code: 3, out: '' });
  expect(await boss!('secret create empty')).toMatchObject({ code: 2 });
  expect(await boss!('secret create asks key')).toMatchObject({
    code: 2,
    err: expect.stringContaining('a value for key'),
  });
});

test('it is changed key by key, renamed and deleted', async () => {
  await boss!('secret update lines b=2 --remove-key a');
  expect(JSON.parse((await boss!('secret get lines -o json')).out).body.values).toEqual({ b: '2' });
  expect((await boss!('secret rename lines other')).err).toBe('Secret lines is called other now.\n');
  expect((await boss!('secret update other --private')).code).toBe(0);
  expect((await boss!('secret list -o csv --private true')).out).toContain('other,yes');
  expect((await boss!('secret delete other')).code).toBe(2);
  expect((await boss!('secret delete other -y')).code).toBe(0);
});

test('who may not read values is told so', async () => {
  expect((await ada!('secret list -o name')).out).toBe('registry\n');
  expect(await ada!('secret get registry --key user')).toMatchObject({ code: 5, out: '' });
  expect((await ada!('secret get registry')).err).toContain('secret:read_secret_value');
  expect(await ada!('secret create mine a=b')).toMatchObject({
    code: 5,
    err: expect.stringContaining('secret:create'),
  });
});

test('service connectors are listed, described without credentials, and deleted', async () => {
  const { token } = JSON.parse(readFileSync(join(folders[0], 'config.json'), 'utf8')) as { token: string };
  await fetch(`${server.url}/api/v1/service_connectors`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'hub',
      connector_type: 'docker',
      auth_method: 'password',
      configuration: { username: 'u', password: 'hidden-word', registry: 'r.example.org' },
    }),
  });
  expect((await boss!('service-connector list -o csv')).out).toContain('hub,docker,password,docker-registry');
  const { out } = await boss!('service-connector describe hub');
  expect(out).toContain('r.example.org');
  expect(out).not.toContain('hidden-word');
  expect((await boss!('service-connector delete hub -y')).code).toBe(0);
  expect((await boss!('service-connector describe hub')).code).toBe(3);
});

test('local mode keeps secrets too, sealed with a key of its own', async () => {
  expect((await local!('secret create here word=sesame-local')).code).toBe(0);
  expect((await local!('secret get here --key word')).out).toBe('sesame-local\n');
  const { out } = await local!('status -o json');
  expect(out).not.toContain('sesame-local');
  const key = join(folders[2], 'secrets.key');
  expect(statSync(key).mode & 0o777).toBe(0o600);
});
