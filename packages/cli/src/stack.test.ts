import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settings } from './commands/stack/settings.ts';
import { cli, discard, temporary, type Run } from './testing/cli.ts';
import { startServer, type TestServer } from './testing/server.ts';

let server: TestServer;
const folder = temporary();
const run: Run = cli(folder);
const files = mkdtempSync(join(folder, 'files-'));
const json = async (line: string): Promise<any> => JSON.parse((await run(`${line} -o json`)).out);

beforeAll(async () => {
  server = await startServer();
  await run(['login', server.url, '--username', server.username, '--password-stdin'], { stdin: server.password });
});
afterAll(async () => {
  await server?.stop();
  discard(folder);
});

test('components are registered as the Python client registers them, with settings of any type', async () => {
  const made = await run([
    ...'artifact-store register bucket --flavor=s3 --path=s3://garden --client_kwargs={"region":"eu"}'.split(' '),
    '--key={{aws.key}}',
    ...'-l team=vision --env AWS_REGION=eu'.split(' '),
  ]);
  expect(made).toMatchObject({ code: 0, err: 'Artifact store bucket registered.\n' });
  expect((await json('artifact-store describe bucket')).metadata).toMatchObject({
    configuration: { path: 's3://garden', client_kwargs: { region: 'eu' }, key: '{{aws.key}}' },
    labels: { team: 'vision' },
    environment: { AWS_REGION: 'eu' },
  });
  expect(await run('orchestrator register cluster -f kubernetes max_parallelism=3 synchronous=no')).toMatchObject({
    code: 0,
  });
  expect((await json('orchestrator describe clus')).metadata.configuration).toEqual({
    max_parallelism: 3,
    synchronous: false,
  });
  expect(await run('artifact-store register bad --flavor s3 --pth=x')).toMatchObject({
    code: 1,
    err: expect.stringContaining("unknown field 'pth'; did you mean 'path'?"),
  });
  expect(await run('artifact-store register bad')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--flavor is missing'),
  });
  expect((await run('artifact-store register bad --flavor s4')).code).toBe(3);
});

test('components are updated setting by setting, renamed, copied and deleted', async () => {
  expect((await run('artifact-store update bucket --path=s3://other')).code).toBe(0);
  expect((await run('artifact-store remove-attribute bucket client_kwargs')).code).toBe(0);
  expect((await json('artifact-store describe bucket')).metadata.configuration).toEqual({
    path: 's3://other',
    key: '{{aws.key}}',
  });
  expect((await run('artifact-store copy bucket second')).code).toBe(0);
  expect((await run('artifact-store rename second third')).code).toBe(0);
  expect((await run('artifact-store list -o name')).out.split('\n')).toEqual(
    expect.arrayContaining(['bucket', 'third']),
  );
  expect((await run('artifact-store delete third -y')).code).toBe(0);
  expect((await run('artifact-store describe third')).code).toBe(3);
});

test('flavors are listed with their settings', async () => {
  expect((await run('orchestrator flavor list -o name')).out).toContain('kubernetes');
  expect((await run('artifact-store flavor describe s3')).out).toMatch(/path\s+string\s+yes/);
});

test('stacks are registered with the short options of the Python client, set, changed and copied', async () => {
  expect(await run('stack register gpu -o cluster')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--artifact-store'),
  });
  expect((await run('experiment-tracker register a --flavor=mlflow')).code).toBe(0);
  expect((await run('experiment-tracker register b --flavor=mlflow')).code).toBe(0);
  expect((await run('alerter register bell --flavor=slack --slack_token=x')).code).toBe(0);
  expect(await run('stack register gpu -o cluster -a bucket -e a -e b -al bell --set')).toMatchObject({
    code: 0,
    err: 'Stack gpu registered and set.\n',
  });
  expect((await run('stack get')).out).toBe('gpu\n');
  const parts = async (stack: string): Promise<Record<string, string[]>> => {
    const { metadata } = await json(`stack describe ${stack}`);
    return Object.fromEntries(
      Object.entries<any[]>(metadata.components).map(([type, list]) => [type, list.map((one) => one.name)]),
    );
  };
  expect(await parts('gpu')).toEqual({
    orchestrator: ['cluster'],
    artifact_store: ['bucket'],
    experiment_tracker: ['a', 'b'],
    alerter: ['bell'],
  });
  expect((await run('stack update gpu -o default -e b')).code).toBe(0);
  expect((await run('stack remove-component gpu --alerter')).code).toBe(0);
  expect(await parts('gpu')).toEqual({
    orchestrator: ['default'],
    artifact_store: ['bucket'],
    experiment_tracker: ['b'],
  });
  expect((await run('stack copy gpu copied')).code).toBe(0);
  expect((await run('stack rename copied renamed')).code).toBe(0);
  expect(await parts('renamed')).toEqual(await parts('gpu'));
  expect((await run('stack list -o name')).out.split('\n').filter(Boolean).toSorted()).toEqual([
    'default',
    'gpu',
    'renamed',
  ]);
});

test('a stack goes into a file and comes back, with what is different under another name', async () => {
  const file = join(files, 'gpu.yaml');
  expect((await run(['stack', 'export', 'gpu', file])).code).toBe(0);
  const written = readFileSync(file, 'utf8');
  expect(written).toContain('stack_name: "gpu"');
  expect((await run(['stack', 'export', 'gpu', '-'])).out).toBe(written);
  expect(await run(['stack', 'import', file])).toMatchObject({
    code: 6,
    err: expect.stringContaining("a stack 'gpu' already"),
  });
  const other = join(files, 'other.yaml');
  writeFileSync(
    other,
    written.replace('s3://other', 's3://moved').replace(/zenml_version: .*/, 'zenml_version: 0.1.0'),
  );
  expect((await run(['stack', 'import', 'moved', '-f', other])).err).toContain('--ignore-version-mismatch');
  const made = await run(['stack', 'import', 'moved', '-f', other, '--ignore-version-mismatch']);
  expect(made).toMatchObject({ code: 0, err: 'Made: artifact store bucket-2\nStack moved imported.\n' });
  writeFileSync(other, 'hello: 1\n');
  expect(await run(['stack', 'import', other])).toMatchObject({
    code: 2,
    err: expect.stringContaining("'components' is missing"),
  });
  expect(existsSync(file)).toBe(true);
});

test('a stack is deleted, with its components where they are not used elsewhere', async () => {
  expect(await run('stack delete moved')).toMatchObject({ code: 2 });
  const { code, err } = await run('stack delete moved -r -y');
  expect(code).toBe(0);
  expect(err).toContain('Deleted: artifact store bucket-2');
  expect(err).toContain('Kept: experiment tracker b');
  expect((await run('stack delete gpu -y')).code).toBe(0);
  expect(await run('stack get')).toMatchObject({ code: 2, err: expect.stringContaining('no stack is set') });
});

test('settings are read by what the flavor takes', () => {
  const schema = {
    properties: {
      port: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      on: { type: 'boolean' },
      text: { type: 'string' },
      map: { type: 'object' },
    },
  };
  expect(settings(schema, ['--port', '80', '--on=yes', 'text=5', '--map={"a": 1}'])).toEqual({
    port: 80,
    on: true,
    text: '5',
    map: { a: 1 },
  });
  expect(settings(schema, ['--port={{a.b}}', '--map=odd'])).toEqual({ port: '{{a.b}}', map: 'odd' });
  expect(() => settings(schema, ['=x'])).toThrow(/--KEY=VALUE/);
});
