import { expect, test } from 'vitest';
import { judgePlan, nextOccurrence, type Plan } from './occurrence.ts';

const plan = (said: Partial<Plan>): Plan => ({ cron_expression: null, interval: null, start_time: null, end_time: null, run_once_start_time: null, ...said });
const NOON = '2026-11-23T12:00:00.000000';

test('a cron expression comes due in UTC, not before its start and not after its end', () => {
  const nightly = { cron_expression: '0 3 * * *' };
  expect(nextOccurrence(plan(nightly), NOON)).toBe('2026-11-24T03:00:00.000000');
  expect(nextOccurrence(plan({ ...nightly, start_time: '2026-12-01T00:00:00.000000' }), NOON)).toBe('2026-12-01T03:00:00.000000');
  expect(nextOccurrence(plan({ ...nightly, end_time: '2026-11-24T02:00:00.000000' }), NOON)).toBeNull();
  expect(nextOccurrence(plan({ cron_expression: '@hourly' }), NOON)).toBe('2026-11-23T13:00:00.000000');
  // The hour that a clock with summer time would leave out.
  expect(nextOccurrence(plan({ cron_expression: '30 2 29 3 *' }), '2026-03-28T12:00:00.000000')).toBe('2026-03-29T02:30:00.000000');
});

test('an interval counts from its start, whenever it is looked at', () => {
  const each = { interval: 3600, start_time: '2026-11-23T00:30:00.000000' };
  expect(nextOccurrence(plan(each), NOON)).toBe('2026-11-23T12:30:00.000000');
  expect(nextOccurrence(plan(each), '2026-11-23T12:30:00.000000')).toBe('2026-11-23T13:30:00.000000');
  expect(nextOccurrence(plan(each), '2026-11-22T00:00:00.000000')).toBe('2026-11-23T00:30:00.000000');
});

test('once is once', () => {
  const once = { run_once_start_time: '2026-11-23T13:00:00.000000' };
  expect([nextOccurrence(plan(once), NOON), nextOccurrence(plan(once), '2026-11-23T13:00:00.000000')]).toEqual(['2026-11-23T13:00:00.000000', null]);
});

test('a plan that says nothing, too much, or nonsense is refused in words', () => {
  expect(() => judgePlan(plan({}))).toThrow('exactly one of');
  expect(() => judgePlan(plan({ cron_expression: '* * * * *', run_once_start_time: NOON }))).toThrow('exactly one of');
  expect(() => judgePlan(plan({ interval: 3600 }))).toThrow('needs a start_time');
  expect(() => judgePlan(plan({ cron_expression: '61 * * * *' }))).toThrow('cron_expression');
  expect(() => judgePlan(plan({ cron_expression: '* * * * * *' }))).toThrow('five fields');
  expect(() => judgePlan(plan({ cron_expression: '@daily', start_time: NOON, end_time: NOON }))).toThrow('after start_time');
});
