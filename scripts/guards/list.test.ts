import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../lib/paths.ts';
import { guards } from './list.ts';

test('every guard that is taken away by scripts/guards.ts is still where the list says', () => {
  const misfits = guards.flatMap((guard) =>
    guard.edits
      .filter(({ file, from }) => readFileSync(join(root, 'packages/server/src', file), 'utf8').split(from).length !== 2)
      .map(({ file, from }) => `${guard.name}: ${file} does not hold once: ${from}`),
  );
  expect(misfits, 'Where a guard has moved, tell scripts/guards/list.ts').toEqual([]);
});

test('there are enough of them, each with a name of its own', () => {
  expect(new Set(guards.map((guard) => guard.name)).size).toBe(guards.length);
  expect(guards.length).toBeGreaterThanOrEqual(40);
});
