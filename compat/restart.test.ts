// The server as people start it: ended in the middle of a run as by a power cut, and started again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newClient } from './testing/client.ts';
import { ADMIN, type Process, zendoProcess } from './testing/zendo.ts';

let zendo: Process;
beforeAll(async () => {
  zendo = await zendoProcess();
  await zendo.start();
});
afterAll(() => zendo.close());

test('a run goes on when the server comes back', async () => {
  const client = await newClient(zendo, ADMIN);
  const go = join(zendo.folder, 'go-on');
  let restarted: Promise<void> | null = null;
  const restart = async (): Promise<void> => {
    await zendo.kill();
    writeFileSync(go, '');
    // The step ends while nobody answers; the client tries again for half a minute.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await zendo.start();
  };
  const { output, code } = await client.python('slow.py', {
    env: { ZENDO_GO_ON: go },
    onOutput: (soFar) => {
      if (soFar.includes('WAITING')) restarted ??= restart();
    },
  });
  await restarted;
  expect(output).toMatch(/^OUTCOME completed 2$/m);
  expect(code).toBe(0);
});
