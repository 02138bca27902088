import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, type Client } from '@zendo/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, discard, temporary, type Run } from './testing/cli.ts';
import { startServer, type TestServer } from './testing/server.ts';

const line = (message: string, second: number, level = 20): string =>
  `${JSON.stringify({ message, level, timestamp: `2026-11-23T09:03:${String(second).padStart(2, '0')}.000001Z` })}\n`;

describe('run logs', () => {
  let server: TestServer;
  let folder = '';
  let config = '';
  let zendo: Run;
  let api: Client;
  let before: string | undefined;
  const made = { run: '', step: '', project: '' };
  let root = '';

  beforeAll(async () => {
    config = temporary();
    before = process.env['ZENML_CONFIG_PATH'];
    process.env['ZENML_CONFIG_PATH'] = config;
    mkdirSync(join(config, 'local_stores'));
    server = await startServer();
    folder = temporary();
    zendo = cli(folder);
    await zendo(['connect', '--url', server.url, '--username', server.username, '--password-stdin'], {
      stdin: `${server.password}\n`,
    });
    const token = JSON.parse((await zendo('token create logs -o json')).out).body.token as string;
    api = createClient({ url: server.url, token });
    await makeThings();
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['ZENML_CONFIG_PATH'];
    else process.env['ZENML_CONFIG_PATH'] = before;
    await server?.stop();
    discard(folder);
    discard(config);
  });

  let store = '';
  const logOf = async (link: object, source: string, text: string): Promise<string> => {
    const id = crypto.randomUUID();
    const uri = join(root, 'logs', `${id}.log`);
    mkdirSync(join(root, 'logs'), { recursive: true });
    writeFileSync(uri, text);
    await api.post('/logs', { project: made.project, id, uri, source, artifact_store_id: store, ...link });
    return uri;
  };
  /** A run with one step, as the client makes them. */
  const makeThings = async (): Promise<void> => {
    const get = async (path: string) => (await api.get<any>(path)) as any;
    const project = (made.project = (await get('/projects/default')).id);
    const stack = (await get('/stacks?name=default')).items[0].id;
    store = (await get('/components?type=artifact_store&name=default')).items[0].id;
    root = join(config, 'local_stores', store);
    const pipeline = await api.post<any>('/pipelines', { project, name: 'p' });
    const spec = {
      source: { module: 'm', attribute: 's', type: 'user' },
      upstream_steps: [],
      inputs: {},
      invocation_id: 's',
    };
    const snapshot = await api.post<any>('/pipeline_snapshots', {
      project,
      pipeline: pipeline.id,
      stack,
      run_name_template: 'r',
      pipeline_configuration: { name: 'p' },
      step_configurations: { s: { spec, config: { name: 's' }, step_config_overrides: { name: 's' } } },
      client_environment: {},
    });
    const [run] = await api.post<any>('/runs', {
      project,
      snapshot: snapshot.id,
      name: 'nightly',
      status: 'running',
      orchestrator_environment: {},
    });
    const step = await api.post<any>('/steps', {
      project,
      pipeline_run_id: run.id,
      name: 's',
      status: 'running',
      start_time: '2026-11-23T09:03:10',
    });
    Object.assign(made, { run: run.id, step: step.id });
  };

  test('shows all logs of a run in order of time, by its name or id', async () => {
    await logOf({ pipeline_run_id: made.run }, 'client', line('first', 1) + line('third', 3));
    await logOf({ pipeline_run_id: made.run }, 'orchestrator', line('second', 2, 30));
    const { code, out, err } = await zendo('run logs nightly');
    expect({ code, err, out: out.split('\n') }).toEqual({
      code: 0,
      err: '',
      out: [
        '2026-11-23 09:03:01  INFO      first',
        '2026-11-23 09:03:02  WARNING   second',
        '2026-11-23 09:03:03  INFO      third',
        '',
      ],
    });
    expect((await zendo(`run logs ${made.run} --source client --last 1`)).out).toBe(
      '2026-11-23 09:03:03  INFO      third\n',
    );
    expect((await zendo('run logs nightly --level warning')).out).toMatch(/^\S+ \S+ {2}WARNING {3}second\n$/);
    expect(
      (await zendo('run logs nightly --search THIRD -o json')).out
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text).message),
    ).toEqual(['third']);
    expect((await zendo('run logs p --last 1')).out).toContain('third');
    expect(await zendo('run logs no-such-run')).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no run or pipeline 'no-such-run'"),
    });
    expect(await zendo('run logs nightly --source other')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there are: client, orchestrator'),
    });
  });

  test('lets nothing through that steers a terminal', async () => {
    const uri = await logOf(
      { step_run_id: made.step },
      'escape',
      line('\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u0000\u009b1mend', 1),
    );
    expect(uri).toContain('.log');
    const { out } = await zendo('run logs nightly --step s --source escape');
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(out).toContain('red');
  });

  test('follows a step until it is over', async () => {
    const uri = await logOf({ step_run_id: made.step }, 'step', line('begun', 1));
    const following = zendo('run logs nightly --step s --source step --follow');
    await new Promise((next) => setTimeout(next, 1500));
    appendFileSync(uri, line('going on', 2));
    await new Promise((next) => setTimeout(next, 1500));
    appendFileSync(uri, line('done', 3));
    await api.put(`/steps/${made.step}`, { status: 'completed', end_time: '2026-11-23T09:03:20' });
    const { code, out } = await following;
    expect([code, out.split('\n').map((text) => text.slice(31))]).toEqual([0, ['begun', 'going on', 'done', '']]);
  });
});
