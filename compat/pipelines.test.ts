// Pipelines that run on the default stack: the work that the server is for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, newClient } from './testing/client.ts';
import { ADMIN, caller, logIn, PASSWORD, startZendo, type Zendo } from './testing/zendo.ts';

type Ran = {
  readonly status: string;
  readonly name: string;
  readonly id: string;
  readonly steps: Readonly<Record<string, string>>;
  readonly total: number;
  readonly user: string;
};

const outcome = (output: string): Ran => {
  const line = /^OUTCOME (.*)$/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`the pipeline did not get to its end:\n${output}`);
  return JSON.parse(line) as Ran;
};

describe('a pipeline', () => {
  let zendo: Zendo;
  let client: Client;
  beforeAll(async () => {
    zendo = await startZendo();
    client = await newClient(zendo, ADMIN);
  });
  afterAll(() => zendo.close());

  test('runs; a second time both steps come from the cache, floats and all', async () => {
    const first = await client.python('hello.py');
    expect(outcome(first.output)).toMatchObject({
      status: 'completed',
      steps: { numbers: 'completed', total: 'completed' },
      total: 4,
      user: 'admin',
    });
    const second = await client.python('hello.py');
    expect(outcome(second.output)).toMatchObject({
      status: 'completed',
      steps: { numbers: 'cached', total: 'cached' },
      total: 4,
    });
    expect(second.output).not.toContain('numbers ran');
    const other = await client.python('hello.py', { env: { SCALE: '2.5' } });
    expect(outcome(other.output)).toMatchObject({ status: 'completed', total: 8.5 });
  });

  test('that has run is in the lists', async () => {
    const runs = await zendo.admin('GET', '/runs?pipeline=hello&sort_by=created&hydrate=true');
    expect(runs.body.items.map((run: any) => run.body.status)).toEqual(['completed', 'completed', 'completed']);
    const listed = await client.zenml(['pipeline', 'runs', 'list', '--output', 'json']);
    expect(listed.code, listed.output).toBe(0);
    for (const run of runs.body.items) expect(listed.output).toContain(run.name);
  });

  test('whose step fails ends with an error, and its run is failed', async () => {
    const failed = await client.python('failing.py');
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain('broken on purpose with 1');
    expect(failed.output).not.toContain('never ran after all');
    const { body } = await zendo.admin('GET', '/runs?pipeline=failing&hydrate=true');
    expect(body.items.map((run: any) => run.body.status)).toEqual(['failed']);
    const steps = await zendo.admin('GET', `/steps?pipeline_run_id=${body.items[0].id}`);
    expect(Object.fromEntries(steps.body.items.map((step: any) => [step.name, step.body.status]))).toMatchObject({
      fine: 'completed',
      broken: 'failed',
    });
  });

  test('of a developer belongs to him, and a guest may not run one', async () => {
    await zendo.admin('POST', '/users', { name: 'dora', password: PASSWORD, roles: ['developer'] });
    await zendo.admin('POST', '/users', { name: 'gail', password: PASSWORD, roles: ['guest'] });
    const [dora, gail] = await Promise.all(
      ['dora', 'gail'].map((username) => newClient(zendo, { username, password: PASSWORD })),
    );
    const own = outcome((await dora!.python('hello.py', { env: { SCALE: '3.0' } })).output);
    expect(own).toMatchObject({ status: 'completed', user: 'dora' });
    const refused = await gail!.python('hello.py', { env: { SCALE: '4.0' } });
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/needs the permission \w+:create/);
    const seen = await caller(zendo.url, await logIn(zendo.url, 'gail'))('GET', `/runs/${own.id}`);
    expect(seen.body.name).toBe(own.name);
  });

  test('of two people of different roles run at once, each as his own', async () => {
    await zendo.admin('POST', '/users', { name: 'wanda', password: PASSWORD, roles: ['developer'] });
    const wanda = await newClient(zendo, { username: 'wanda', password: PASSWORD });
    const both = await Promise.all([
      client.python('hello.py', { env: { SCALE: '5.0' } }),
      wanda.python('hello.py', { env: { SCALE: '6.0' } }),
    ]);
    const ran = both.map(({ output }) => outcome(output));
    expect(ran.map(({ status, user, total }) => [status, user, total])).toEqual([
      ['completed', 'admin', 16],
      ['completed', 'wanda', 19],
    ]);
    const { body } = await zendo.admin('GET', '/runs?pipeline=hello&size=100&sort_by=index');
    const numbers = body.items.map((run: any) => run.body.index);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('of 500 steps runs to its end', { timeout: 400_000 }, async () => {
    const { output } = await client.python('many.py');
    const done = outcome(output) as unknown as { seconds: number };
    expect(done).toMatchObject({ status: 'completed', steps: 501, completed: 501, last: 10 });
    console.log(`501 steps took ${done.seconds} s`);
  });
});
