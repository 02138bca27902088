import { expect, test } from 'vitest';
import { ago, parseDate, toWireDate } from './time.tsx';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);

test('a date of the wire is UTC, though it does not say so', () => {
  expect(parseDate('2026-11-23T12:00:00.000000').getTime()).toBe(now);
  expect(parseDate('2026-11-23T12:00:00Z').getTime()).toBe(now);
  expect(toWireDate(new Date(now))).toBe('2026-11-23T12:00:00.000');
});

test('times are told as people tell them', () => {
  expect(ago('2026-11-23T11:59:40', now)).toBe('just now');
  expect(ago('2026-11-23T12:00:30', now)).toBe('in less than a minute');
  expect(ago('2026-11-23T10:00:00', now)).toBe('2 hours ago');
  expect(ago('2026-11-26T12:00:00', now)).toBe('in 3 days');
});
