import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, discard, onTerminal, temporary, type Run } from './testing/cli.ts';
import { freePort, startServer, type TestServer } from './testing/server.ts';

const ansi = '\u001b';

describe('the conventions', () => {
  let server: TestServer;
  let folder = '';
  let zendo: Run;

  beforeAll(async () => {
    server = await startServer();
    folder = temporary();
    zendo = cli(folder);
    await zendo(['connect', '--url', server.url, '--username', server.username, '--password-stdin'], {
      stdin: `${server.password}\n`,
    });
    for (const name of ['ada', 'grace']) await zendo(`user create ${name}`);
  });
  afterAll(async () => {
    await server?.stop();
    discard(folder);
  });

  test('the connection is kept for its owner only, without the password', () => {
    const file = join(folder, 'config.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(server.password);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ url: server.url, username: server.username });
  });

  const lists = [
    'user',
    'invite',
    'team',
    'role',
    'role assignment',
    'permission',
    'workspace',
    'stack',
    'secret',
    'service-connector',
    'pipeline',
    'run',
    'schedule',
    'trigger',
    'webhook',
    'project',
    'service-account',
    'token',
    'session',
    'audit',
    'config',
  ];
  test.each(lists)('%s list -o json parses, and off a terminal nothing has ANSI codes', async (group) => {
    const { code, out, err } = await zendo(`${group} list -o json`, { env: { TERM: 'xterm-256color' } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const data: unknown = JSON.parse(out);
    if (!Array.isArray(data))
      expect(data).toMatchObject({ index: 1, items: expect.any(Array), total: expect.any(Number) });
    const shown = await zendo(`${group} list`, { env: { TERM: 'xterm-256color' } });
    expect(shown.code).toBe(0);
    expect(shown.out + shown.err).not.toContain(ansi);
  });

  test.each(['yaml', 'csv', 'tsv', 'name', 'table'])('-o %s works for a list and for one thing', async (format) => {
    expect(await zendo(`user list -o ${format}`)).toMatchObject({ code: 0, out: expect.stringContaining('ada') });
    expect(await zendo(`user describe ada -o ${format}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('ada'),
    });
  });

  test('JSON is the page of the interface, and --all is one page with everything', async () => {
    const page = JSON.parse((await zendo('user list --size 1 --page 2 --sort-by name -o json')).out);
    expect(page).toMatchObject({ index: 2, max_size: 1, total: 3, total_pages: 3, items: [{ name: 'boss' }] });
    const words = await zendo('user list --size 1 -o name');
    expect(words.err).toContain('1 of 3 shown (page 1 of 3). More: --page 2, or --all.');
    expect((await zendo('user list --all --sort-by name -o name')).out).toBe('ada\nboss\ngrace\n');
  });

  test('one thing is its envelope', async () => {
    expect(JSON.parse((await zendo('user describe ada -o json')).out)).toMatchObject({
      name: 'ada',
      body: { status: 'pending' },
      resources: { roles: expect.any(Array) },
    });
    expect((await zendo('user describe ada --columns name,status -o tsv')).out).toBe('name\tstatus\nada\tpending\n');
  });

  test('exit codes tell apart what went wrong', async () => {
    expect(await zendo('user list')).toMatchObject({ code: 0 });
    expect(await zendo('access check ada user:create')).toMatchObject({
      out: expect.stringMatching(/^(allowed|denied)\n$/),
    });
    expect(await zendo('user lst')).toMatchObject({ code: 2, out: '' });
    expect(await zendo('user describe nobody')).toMatchObject({ code: 3, out: '' });
    expect(await zendo('user list', { env: { ZENDO_TOKEN: 'wrong' } })).toMatchObject({ code: 4, out: '' });
    expect(await zendo('user create ada')).toMatchObject({ code: 6, out: '' });
  });

  test('an error says what, what to do next and the request id', async () => {
    const { err } = await zendo('user describe adda');
    expect(err).toMatch(/^Error: .*adda/);
    expect(err).toContain('Did you mean ada?');
    expect(err).toMatch(/Request id: \S+/);
    expect((await zendo('user list', { env: { ZENDO_TOKEN: 'wrong' } })).err).toContain('Next: zendo login');
  });

  test('what was meant is found for commands, options, columns, formats and names in options', async () => {
    expect((await zendo('usr list')).err).toContain('Did you mean user?');
    expect((await zendo('role asign x')).err).toContain('Did you mean assign?');
    expect((await zendo('user list --colums x')).err).toContain('Did you mean --columns?');
    expect((await zendo('user list --columns nme')).err).toContain('Did you mean name?');
    expect((await zendo('user list -o jsn')).err).toContain('Did you mean json?');
    const role = await zendo('role assign develper --user ada');
    expect(role).toMatchObject({ code: 3, err: expect.stringContaining('Did you mean developer?') });
    expect((await zendo('role assign developer --user grce')).err).toContain('Did you mean grace?');
  });

  test('off a terminal nothing is asked: the missing option is named', async () => {
    for (const [line, option] of [
      ['user delete ada', '--yes'],
      ['role delete guest', '--yes'],
      [`connect --url ${server.url}`, '--username'],
      [`login ${server.url} --username ada`, '--password-stdin'],
      ['user change-password', '--old-password'],
      ['role create x', '--permissions'],
      ['role assign x', '--user'],
    ] as const) {
      const { code, err, out, ms } = await zendo(line);
      expect({ line, code, out }).toEqual({ line, code: 2, out: '' });
      expect(err).toContain(option);
      expect(ms).toBeLessThan(5000);
    }
  });

  test('on a terminal a confirmation defaults to no, and --no-input asks nothing', async () => {
    const declined = await onTerminal(folder, ['user', 'delete', 'grace'], [['Remove grace', '\r']]);
    expect(declined).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was changed.') });
    expect(await onTerminal(folder, ['user', 'delete', 'grace', '--no-input'], [])).toMatchObject({ code: 2 });
    expect(await onTerminal(folder, ['user', 'delete', 'grace'], [['Remove grace', '\u0003']])).toMatchObject({
      code: 130,
    });
    expect((await zendo('user describe grace')).code).toBe(0);
  });

  test('on a terminal there is colour, but not with NO_COLOR, and nothing is wider than the screen', async () => {
    expect((await onTerminal(folder, ['role', 'list'], [])).out).toContain(`${ansi}[1m`);
    const { out } = await onTerminal(folder, ['permission', 'list', '--verbose'], []);
    expect(
      Math.max(...out.split('\n').map((line) => stripVTControlCharacters(line).trimEnd().length)),
    ).toBeLessThanOrEqual(80);
    expect((await zendo('role list', { env: { FORCE_COLOR: '1' } })).out).toContain(ansi);
    expect((await zendo('role list', { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out).not.toContain(ansi);
  });

  test('secrets stand alone on stdout and only once', async () => {
    const account = await zendo('service-account create ci --role guest');
    expect(account.out).toMatch(/^ZENKEY_\S+\n$/);
    expect(account.err).not.toContain(account.out.trim());
    const key = (await zendo('service-account api-key create ci nightly')).out;
    expect(key).toMatch(/^ZENKEY_\S+\n$/);
    expect((await zendo('service-account api-key ci list -o json')).out).not.toContain(key.trim());
    expect((await zendo('whoami', { env: { ZENDO_TOKEN: key.trim() } })).out).toBe('ci\n');
    const token = (await zendo('token create laptop --expires 1d')).out;
    expect(token).toMatch(/^\S+\n$/);
    expect((await zendo('whoami', { env: { ZENDO_URL: server.url, ZENDO_TOKEN: token.trim() } })).out).toBe('boss\n');
    expect((await zendo('token list -o json')).out).not.toContain(token.trim());
    expect(await zendo('token revoke laptop -y')).toMatchObject({ code: 0 });
    expect(await zendo('whoami', { env: { ZENDO_TOKEN: token.trim() } })).toMatchObject({ code: 4 });
    const link = await zendo('invite renew ada');
    expect(link.out).toMatch(/^http\S+\/signup#token=\S+\n$/);
    expect(JSON.parse((await zendo('invite renew ada -o json')).out).body).toMatchObject({
      token: expect.any(String),
      url: expect.any(String),
    });
  });

  test('the variables of the Python client are understood', async () => {
    const { username, password, url } = server;
    const env = {
      ZENDO_CONFIG_DIR: join(folder, 'empty'),
      ZENML_STORE_URL: url,
      ZENML_STORE_USERNAME: username,
      ZENML_STORE_PASSWORD: password,
    };
    expect(await zendo('whoami', { env })).toMatchObject({ code: 0, out: 'boss\n' });
    expect(await zendo('whoami', { env: { ...env, ZENML_STORE_PASSWORD: 'wrong' } })).toMatchObject({
      code: 4,
      out: '',
    });
  });

  test('a connection may come from a file, and by an API key', async () => {
    const file = join(folder, 'server.yaml');
    const { username, password, url } = server;
    writeFileSync(file, `# the server\nurl: ${url}\nusername: ${username} # me\npassword: "${password}"\n`);
    const env = { ZENDO_CONFIG_DIR: join(folder, 'other') };
    expect(await zendo(['connect', '--config', file], { env })).toMatchObject({
      code: 0,
      err: expect.not.stringContaining('Warning'),
    });
    expect((await zendo('whoami', { env })).out).toBe('boss\n');
    const key = (await zendo('service-account create robot')).out.trim();
    expect(await zendo(['login', url, '--token'], { env, stdin: `${key}\n` })).toMatchObject({ code: 0 });
    expect((await zendo('whoami', { env })).out).toBe('robot\n');
    expect((await zendo('whoami', { env: { ...env, ZENML_STORE_URL: url, ZENML_STORE_API_KEY: key } })).out).toBe(
      'robot\n',
    );
  });

  test('a server that is not there is said so within six seconds, with exit code 7', { retry: 1 }, async () => {
    const refused = await zendo('user list', {
      env: { ZENDO_URL: `http://127.0.0.1:${await freePort()}`, ZENDO_TOKEN: 'x' },
    });
    expect(refused).toMatchObject({ code: 7, out: '', err: expect.stringContaining('cannot reach http://127.0.0.1:') });
    // An address of the documentation range swallows packets, or is refused by the network: both must end in time.
    const silent = await zendo('user list', { env: { ZENDO_URL: 'http://192.0.2.1:8237', ZENDO_TOKEN: 'x' } });
    expect(silent).toMatchObject({
      code: 7,
      out: '',
      err: expect.stringContaining('cannot reach http://192.0.2.1:8237'),
    });
    const mute = createServer(() => {});
    await new Promise<void>((ready) => mute.listen(0, '127.0.0.1', ready));
    const port = (mute.address() as AddressInfo).port;
    // Accepts, but never greets: no TLS handshake, or no answer at all.
    const secure = await zendo('user list', { env: { ZENDO_URL: `https://127.0.0.1:${port}`, ZENDO_TOKEN: 'x' } });
    expect(secure).toMatchObject({ code: 7, err: expect.stringContaining('no connection within 5 s') });
    const plain = { ZENDO_URL: `http://127.0.0.1:${port}`, ZENDO_TOKEN: 'x', ZENDO_TIMEOUT: '1' };
    expect(await zendo('user list', { env: plain })).toMatchObject({
      code: 7,
      err: expect.stringContaining('no answer in time'),
    });
    mute.close();
    expect(Math.max(refused.ms, silent.ms, secure.ms)).toBeLessThan(6000);
  });

  test('something else than a Zendo server is recognised', async () => {
    const other = createServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>'),
    );
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    expect(await zendo('status', { env: { ZENDO_URL: url } })).toMatchObject({
      code: 7,
      err: expect.stringContaining('does not answer like a Zendo server'),
    });
    other.close();
  });

  test('logout ends the session on the server too, disconnect goes back to local mode', async () => {
    const { token } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { token: string };
    expect(await zendo('logout')).toMatchObject({ code: 0 });
    expect(await zendo('whoami')).toMatchObject({ code: 4 });
    expect(await zendo('whoami', { env: { ZENDO_TOKEN: token } })).toMatchObject({ code: 4 });
    expect(await zendo('disconnect')).toMatchObject({ code: 0 });
    expect(JSON.parse((await zendo('status -o json')).out)).toMatchObject({ mode: 'local', url: null });
  });
});
