// Builds, templates, snapshots, deployments, services and what runs wait for, through the genuine client.
import { afterAll, beforeAll, describe } from 'vitest';
import { checksOf } from './testing/checks.ts';
import { startZendo, type Zendo } from './testing/zendo.ts';

describe('beside runs', () => {
  let zendo: Zendo;
  beforeAll(async () => {
    zendo = await startZendo();
  });
  afterAll(() => zendo?.close());
  checksOf('served.py', () => zendo);
});
