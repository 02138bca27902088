import { expect, test } from 'vitest';
import { goodUserName, safeNext } from './names.ts';

test('log-in leads only to pages of this dashboard', () => {
  expect(safeNext('/people?q=ada')).toBe('/people?q=ada');
  for (const next of [
    undefined,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ]) {
    expect(safeNext(next)).toBe('/');
  }
});

test('the common slips in a user name are told at once', () => {
  expect(goodUserName('ada.lovelace')).toBe(null);
  expect(goodUserName('  ')).toMatch(/needed/);
  expect(goodUserName('ada lovelace')).toMatch(/spaces/);
  expect(goodUserName('a'.repeat(51))).toMatch(/50/);
});
