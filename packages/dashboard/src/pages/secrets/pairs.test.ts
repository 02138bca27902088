import { expect, test } from 'vitest';
import { linesOf, problemOf, valuesOf } from './pairs.ts';

test('lines of an environment file become pairs', () => {
  expect(linesOf('# mine\nexport A=1\nB = "two words"\n\nC=x=y=\'z\'\nD=')).toEqual([
    ['A', '1'],
    ['B', 'two words'],
    ['C', "x=y='z'"],
    ['D', ''],
  ]);
  expect(linesOf('just a key')).toBeNull();
  expect(linesOf('A=1\nsome words')).toBeNull();
  expect(linesOf('')).toBeNull();
});

test('what is wrong with pairs is told', () => {
  expect(problemOf([['', '']])).toBe('A secret needs at least one key.');
  expect(problemOf([['', 'x']])).toBe('A value has no key.');
  expect(
    problemOf([
      ['a', 'x'],
      ['a ', 'y'],
    ]),
  ).toBe('The key “a” is there twice.');
  expect(
    problemOf([
      ['a', ''],
      ['', ''],
    ]),
  ).toBeUndefined();
  expect(
    valuesOf([
      [' a ', 'x'],
      ['', ''],
    ]),
  ).toEqual({ a: 'x' });
});
