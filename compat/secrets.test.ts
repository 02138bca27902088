// Secrets and service connectors with the genuine client: its command line, two people, references from components.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checksOf } from './testing/checks.ts';
import { newClient } from './testing/client.ts';
import { ADMIN, startZendo, type Zendo } from './testing/zendo.ts';

describe('the Python client', () => {
  let zendo: Zendo;
  beforeAll(async () => {
    zendo = await startZendo();
  });
  afterAll(() => zendo.close());
  checksOf('credentials.py', () => zendo);

  test('lists secrets and connectors on the command line, without what is in them', async () => {
    const client = await newClient(zendo, ADMIN);
    await zendo.admin('POST', '/secrets', { name: 'listed-secret', values: { k: 'hidden-word' } });
    const configuration = { username: 'u', password: 'hidden-word' };
    const connector = { name: 'listed-hub', connector_type: 'docker', auth_method: 'password', configuration };
    await zendo.admin('POST', '/service_connectors', connector);
    for (const [group, name] of [
      ['secret', 'listed-secret'],
      ['service-connector', 'listed-hub'],
    ] as const) {
      const { code, output } = await client.zenml([group, 'list']);
      expect(code, output).toBe(0);
      expect(output).toContain(name);
      expect(output).not.toContain('hidden-word');
    }
  });
});
