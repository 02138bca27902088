// Clients of versions that people still run.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { olderClients } from '../scripts/lib/python.ts';
import { type Client, newClient } from './testing/client.ts';
import { ADMIN, startZendo, type Zendo } from './testing/zendo.ts';

describe.each(olderClients)('a client of version %s', (version) => {
  let zendo: Zendo;
  let client: Client;
  beforeAll(async () => {
    zendo = await startZendo();
    client = await newClient(zendo, ADMIN, version);
  });
  afterAll(() => zendo.close());

  test('runs a pipeline, and again from the cache', async () => {
    const first = await client.python('hello.py');
    expect(first.output).toContain('"status": "completed", ');
    expect(first.output).toContain('"steps": {"numbers": "completed", "total": "completed"}');
    const second = await client.python('hello.py');
    expect(second.output).toContain('"steps": {"numbers": "cached", "total": "cached"}');
  });

  test('tells that a step failed', async () => {
    const { code, output } = await client.python('failing.py');
    expect(code).not.toBe(0);
    expect(output).toContain('broken on purpose with 1');
    const { body } = await zendo.admin('GET', '/runs?pipeline=failing');
    expect(body.items.map((run: any) => run.body.status)).toEqual(['failed']);
  });

  test.each(
    [
      ['user', 'list'],
      ['stack', 'list'],
      ['stack', 'describe'],
      ['orchestrator', 'flavor', 'list'],
      ['pipeline', 'runs', 'list'],
      ['artifact', 'list'],
      ['tag', 'list'],
      ['secret', 'list'],
    ].map((words) => [words.join(' '), words] as const),
  )('zenml %s', async (_name, words) => {
    const { code, output } = await client.zenml([...words]);
    expect(code, output).toBe(0);
  });
});
