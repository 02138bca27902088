import { expect, test } from 'vitest';
import { duration, span } from './duration.ts';

test.each([
  [0, '0 s'],
  [0.42, '0.4 s'],
  [9.96, '10 s'],
  [59.7, '1 min'],
  [12.6, '13 s'],
  [60, '1 min'],
  [190, '3 min 10 s'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(span(seconds)).toBe(text);
});

test('what has not begun took no time', () => {
  expect(duration(null, null)).toBe('');
  expect(duration('2026-11-25T10:00:00', '2026-11-25T10:03:10.5')).toBe('3 min 11 s');
});
