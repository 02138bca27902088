// Many checks in one Python process, since starting the client takes seconds: each function check_… becomes a test.
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { newClient, scripts, type SignIn } from './client.ts';
import { ADMIN, type Zendo } from './zendo.ts';

type Results = Readonly<Record<string, { readonly ok: boolean; readonly error: string }>>;

/** Declares a test for every check of a script; the script runs once, before them. */
export const checksOf = (script: string, zendo: () => Zendo, who: SignIn = ADMIN): void => {
  describe(script, () => {
    let results: Results = {};
    let output = '';
    beforeAll(async () => {
      const file = join(mkdtempSync(join(zendo().folder, 'checks-')), 'results.json');
      const client = await newClient(zendo(), who);
      ({ output } = await client.python(script, { env: { ZENDO_RESULTS: file } }));
      try {
        results = JSON.parse(readFileSync(file, 'utf8')) as Results;
      } catch {
        throw new Error(`${script} did not get as far as its checks:\n${output}`);
      }
    });

    const names = [...readFileSync(join(scripts, script), 'utf8').matchAll(/^def check_(\w+)/gm)].map(
      ([, name]) => name!,
    );
    test.each(names)('%s', (name) => {
      const result = results[name] ?? { ok: false, error: `it was not run:\n${output}` };
      expect(result.ok, result.error).toBe(true);
    });
  });
};
