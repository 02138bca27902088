import { expect, test } from 'vitest';
import { importsOf } from './sources.ts';

test('imports are found in every form, relative ones as paths from the root', () => {
  const text = `import a, { b } from '../x.ts';
import type {
  C,
} from "node:fs";
export * from './y.ts';
import 'z';
const later = () => import('@zendo/server');
const text = 'import nothing from here';`;
  expect(importsOf({ path: 'packages/a/src/b/c.ts', text })).toEqual([
    { target: 'packages/a/src/x.ts', dynamic: false },
    { target: 'node:fs', dynamic: false },
    { target: 'packages/a/src/b/y.ts', dynamic: false },
    { target: 'z', dynamic: false },
    { target: '@zendo/server', dynamic: true },
  ]);
});
