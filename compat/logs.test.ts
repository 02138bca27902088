// What the genuine client writes to its local store, read back through a server with default settings.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newClient } from './testing/client.ts';
import { ADMIN, caller, logIn, PASSWORD, startZendo, type Zendo } from './testing/zendo.ts';

describe('logs and artifacts of a run on the default stack', () => {
  let zendo: Zendo;
  let outcome: { id: string; steps: Record<string, { id: string; version: string }>; visualizations: string[] };
  let before: string | undefined;
  let config: string;
  beforeAll(async () => {
    // The server and the client belong to the same user: they share his configuration.
    config = realpathSync(mkdtempSync(join(tmpdir(), 'zendo-config-')));
    before = process.env['ZENML_CONFIG_PATH'];
    process.env['ZENML_CONFIG_PATH'] = config;
    zendo = await startZendo();
    const client = await newClient(zendo, ADMIN);
    const { output } = await client.python('visual.py', {
      env: { ZENML_CONFIG_PATH: config, ZENML_LOGGING_VERBOSITY: 'INFO' },
    });
    const line = /^OUTCOME (.*)$/m.exec(output)?.[1];
    if (line === undefined) throw new Error(`the pipeline did not get to its end:\n${output}`);
    outcome = JSON.parse(line);
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['ZENML_CONFIG_PATH'];
    else process.env['ZENML_CONFIG_PATH'] = before;
    await zendo.close();
    rmSync(config, { recursive: true, force: true });
  });
  const get = async (path: string) => {
    const answer = await zendo.admin('GET', path);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const messages = (entries: readonly { message: string }[]) => entries.map((entry) => entry.message).join('\n');

  test('the run’s log tells what the client did', async () => {
    const logs = (await get(`/runs/${outcome.id}`)).resources.log_collection;
    const client = logs.find((log: any) => log.body.source === 'client');
    const told = messages(await get(`/runs/${outcome.id}/logs?source=client`));
    expect(told).toContain('Initiating a new run for the pipeline: `visual`');
    const page = await get(`/logs/${client.id}/entries?start=newest&limit=2`);
    expect(page.items.length).toBe(2);
    const older = await get(`/logs/${client.id}/entries?before=${page.before}&limit=1`);
    expect(told.split('\n').slice(-3).join('\n')).toBe(messages([...older.items, ...page.items]));
  });

  test('a step’s log holds what it printed', async () => {
    const { id } = outcome.steps['page']!;
    const logs = (await get(`/steps/${id}`)).resources.log_collection;
    const all = await Promise.all(logs.map((log: any) => get(`/steps/${id}/logs?logs_id=${log.id}`)));
    expect(messages(all.flat())).toContain('page says hello');
    const entries = await get(`/steps/${id}/logs?source=step`);
    expect(messages(entries)).toBe('page says hello');
    expect(entries[0]).toMatchObject({
      level: 20,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      id: expect.any(String),
    });
  });

  test('visualizations, previews and downloads are what the steps returned', async () => {
    const of = (name: string, what: string) => get(`/artifact_versions/${outcome.steps[name]!.version}/${what}`);
    expect(outcome.visualizations).toEqual(['html']);
    expect(await of('page', 'visualize')).toEqual({ type: 'html', value: '<b>hello</b>' });
    expect(await of('text', 'visualize')).toEqual({ type: 'markdown', value: '# hello' });
    expect(await of('table', 'visualize')).toEqual({ type: 'csv', value: 'a,b\n1,2\n' });
    expect(await of('table', 'preview')).toMatchObject({
      kind: 'table',
      value: [
        ['a', 'b'],
        ['1', '2'],
      ],
    });
    expect(await of('number', 'preview')).toMatchObject({ kind: 'json', file: 'data.json', value: 1 });
    const { version } = outcome.steps['page']!;
    const token = await of('page', 'download-token');
    const archive = await fetch(`${zendo.url}/api/v1/artifact_versions/${version}/data?token=${token}`);
    expect([archive.status, archive.headers.get('content-type')]).toEqual([200, 'application/gzip']);
    expect([...new Uint8Array(await archive.arrayBuffer()).slice(0, 2)]).toEqual([0x1f, 0x8b]);
  });

  test('somebody without a role reads none of it', async () => {
    await zendo.admin('POST', '/users', { name: 'nora', password: PASSWORD, roles: [] });
    const nora = caller(zendo.url, await logIn(zendo.url, 'nora'));
    const { id, version } = outcome.steps['page']!;
    for (const path of [
      `/runs/${outcome.id}/logs?source=client`,
      `/steps/${id}/logs?source=step`,
      `/artifact_versions/${version}/visualize`,
      `/artifact_versions/${version}/download-token`,
    ])
      expect((await nora('GET', path)).status, path).toBe(404);
  });
});
