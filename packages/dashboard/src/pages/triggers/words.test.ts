import { expect, test } from 'vitest';
import { cronText, everyText, eventsText, fromLocal, secondsOf, toLocal } from './words.ts';

test.each([
  ['0 9 * * 1-5', 'Monday to Friday at 09:00 UTC'],
  ['30 6 * * *', 'every day at 06:30 UTC'],
  ['0 0 * * 0', 'every Sunday at 00:00 UTC'],
  ['0 0 * * 7', 'every Sunday at 00:00 UTC'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['* * * * *', 'every minute'],
  ['5 * * * *', 'every hour at minute 5'],
  ['0 */6 * * *', 'every 6 hours at minute 0'],
  ['0 4 1 * *', 'on day 1 of every month at 04:00 UTC'],
  ['@daily', 'every day at 00:00 UTC'],
  ['0 9 * * 1,3', null],
  ['0 9 1 1 *', null],
  ['1-5 9 * * *', null],
  ['nonsense', null],
])('cron %s', (expression, words) => {
  expect(cronText(expression)).toBe(words);
});

test('intervals and events in words', () => {
  expect([60, 3600, 7200, 86_400, 90].map(everyText)).toEqual([
    'every minute',
    'every hour',
    'every 2 hours',
    'every day',
    'every 90 seconds',
  ]);
  expect(['PT1H', 'P1DT2H', 3600, '60', null, 'odd'].map(secondsOf)).toEqual([3600, 93_600, 3600, 60, null, null]);
  expect(eventsText(['run_completed', 'run_failed'])).toBe('ends well or fails');
});

test('times come back as they were typed', () => {
  expect(toLocal(fromLocal('2026-11-23T09:30'))).toBe('2026-11-23T09:30');
  expect(fromLocal('')).toBeNull();
});
