import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complete, type Lock } from './lock.ts';
import { root } from './paths.ts';

test('builds that npm left out are added with the system they are for', () => {
  const names = ['@a/b-darwin-arm64', '@a/b-linux-x64-musl', '@a/b-wasm32-wasi', '@a/b-linux-arm-gnueabihf'];
  const { lock, added } = complete({
    packages: {
      'node_modules/@a/b': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: Object.fromEntries(names.map((name) => [name, '1.2.3'])),
      },
    },
  });
  expect(added).toHaveLength(4);
  expect(lock.packages).toMatchObject({
    'node_modules/@a/b-darwin-arm64': { version: '1.2.3', os: ['darwin'], cpu: ['arm64'], dev: true, optional: true },
    'node_modules/@a/b-linux-x64-musl': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    'node_modules/@a/b-wasm32-wasi': { cpu: ['wasm32'] },
    'node_modules/@a/b-linux-arm-gnueabihf': { os: ['linux'], cpu: ['arm'] },
  });
});

test('a missing package whose name says no system is an error, not a guess', () => {
  expect(() => complete({ packages: { '': { optionalDependencies: { mystery: '1.0.0' } } } })).toThrow(
    /mystery@1\.0\.0/,
  );
});

test('the lock of this repository is complete and names no registry', () => {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  expect(complete(JSON.parse(text) as Lock).added, 'run: npm run lock').toEqual([]);
  expect(text).not.toMatch(/"resolved": "http/);
});
