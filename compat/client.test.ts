// What the Python API of the client does with lists, stacks, people, access, models, tags and metadata.
import { afterAll, beforeAll, describe } from 'vitest';
import { checksOf } from './testing/checks.ts';
import { startZendo, type Zendo } from './testing/zendo.ts';

describe.each(['lists.py', 'stacks.py', 'access.py', 'growing.py'])('the Python client', (script) => {
  let zendo: Zendo;
  beforeAll(async () => {
    zendo = await startZendo();
  });
  afterAll(() => zendo.close());
  checksOf(script, () => zendo);
});
