// Triggers, webhooks and live events, as the genuine client speaks of them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, newClient } from './testing/client.ts';
import { ADMIN, logIn, startZendo, type Zendo } from './testing/zendo.ts';

describe('triggers', () => {
  let zendo: Zendo;
  let client: Client;
  let snapshot: { readonly id: string; readonly pipeline: string };
  const ok = async (method: string, path: string, body?: unknown): Promise<any> => {
    const answer = await zendo.admin(method, path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  beforeAll(async () => {
    zendo = await startZendo();
    client = await newClient(zendo, ADMIN);
    const project = (await ok('GET', '/projects/default')).id;
    const stack = (await ok('GET', '/stacks?name=default')).items[0].id;
    const pipeline = (await ok('POST', '/pipelines', { project, name: 'deploying' })).id;
    const images = { orchestrator: { image: 'i', requires_code_download: false } };
    const all = { project, pipeline, stack };
    const build = await ok('POST', '/pipeline_builds', { ...all, images, is_local: false, contains_code: true });
    const source = { module: 'm', attribute: 'a', type: 'user' };
    const step = { spec: { source, upstream_steps: [], inputs: {}, invocation_id: 'a' }, config: { name: 'a' } };
    const made = await ok('POST', '/pipeline_snapshots', {
      ...all,
      build: build.id,
      name: 'released',
      run_name_template: 'deploying-{date}',
      pipeline_configuration: { name: 'deploying' },
      step_configurations: { a: { ...step, step_config_overrides: { name: 'a' } } },
      client_environment: {},
    });
    snapshot = { id: made.id, pipeline };
  });
  afterAll(() => zendo.close());

  test('by the methods of the client: made, attached, set off by a signed event, changed, archived', async () => {
    const { code, output } = await client.python('triggers.py', {
      env: { SNAPSHOT: snapshot.id, PIPELINE: snapshot.pipeline },
    });
    expect(code, output).toBe(0);
    expect(JSON.parse(/^OUTCOME (.*)$/m.exec(output)![1]!)).toEqual({
      accepted: 202,
      secret: [43, 43, true],
      run: ['initializing', 'on deploy', false],
      event: ['first', 'deploy', { env: 'prod', n: 1 }],
      stats: [1, 1],
      moved: [null, true, 2],
      changed: [['run_failed'], 'pipeline', true],
      states: { [snapshot.id]: 'SUCCESS' },
      left: [[], [true]],
      supported: ['completed', 'failed'],
    });
  });

  test('by its commands: zenml webhook, zenml trigger', async () => {
    const good = async (...command: string[]): Promise<string> => {
      const { code, output } = await client.zenml(command, { input: 'y\n' });
      expect(code, output).toBe(0);
      return output;
    };
    await good('webhook', 'create', 'typed', '--type', 'github', '--secret', 'hush');
    expect(await good('webhook', 'describe', 'typed')).toContain('/api/v1/webhooks/github/');
    await good('trigger', 'schedule', 'create', 'nightly', '--cron-expression', '0 3 * * *');
    await good('trigger', 'schedule', 'attach', 'nightly', snapshot.id);
    expect(await good('trigger', 'schedule', 'list')).toMatch(/nightly/);
    await good('trigger', 'schedule', 'delete', 'nightly');
    expect((await ok('GET', '/triggers?is_archived=False')).items.map(({ name }: any) => name)).not.toContain(
      'nightly',
    );
  }, 300_000);

  test('what a step publishes is on the stream of its run', async () => {
    const { code, output } = await client.python('streaming.py');
    expect(code, output).toBe(0);
    const run = /^RUN (\S+)$/m.exec(output)![1]!;
    const authorization = `Bearer ${await logIn(zendo.url, 'admin')}`;
    const stream = await fetch(`${zendo.url}/api/v1/runs/${run}/events/stream`, { headers: { authorization } });
    const text = await stream.text();
    const words = [...text.matchAll(/^event: token\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data!).payload.word);
    expect(words).toEqual(['w0', 'w1', 'w2']);
    expect(text).toMatch(/event: end\ndata: \{\}\n\n$/);
  });
});
