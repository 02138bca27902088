import { describe, expect, test } from 'vitest';
import { inProgress, nextStatus, type Situation } from './status.ts';

const now = (current: string, requested: string | null, steps: Readonly<Record<string, string>> = {}, more: Partial<Situation> = {}): Situation => ({
  current,
  requested,
  steps: Object.entries(steps).map(([name, status]) => ({ name, status })),
  configured: new Map([
    ['a', []],
    ['b', ['a']],
    ['c', []],
  ]),
  dynamic: false,
  execution_mode: 'continue_on_failure',
  child: false,
  ...more,
});
const all = (status: string) => ({ a: status, b: status, c: status });

describe('the status of a run', () => {
  test.each([
    ['waits while its client is still caching steps', now('initializing', null, { a: 'cached' }), 'initializing'],
    ['begins with the first step', now('provisioning', null, { a: 'running' }), 'running'],
    ['is running while steps are missing', now('running', null, { a: 'completed' }), 'running'],
    ['is running while a step will be tried again', now('running', null, { ...all('completed'), c: 'retrying' }), 'running'],
    ['is complete when all steps are', now('running', null, { ...all('completed'), b: 'skipped' }), 'completed'],
    ['is complete when all steps were cached', now('initializing', null, all('cached')), 'completed'],
    ['is failed with the first failure', now('running', null, { a: 'failed', c: 'running' }), 'failed'],
    ['is failed when that is asked for', now('running', 'failed', { a: 'running' }), 'failed'],
    ['is stopping while a step runs', now('running', 'stopping', { a: 'running' }), 'stopping'],
    ['is stopped when none does', now('stopping', null, { a: 'completed' }), 'stopped'],
    ['stays complete when its orchestrator is late', now('completed', 'provisioning', all('completed')), 'completed'],
    ['stays failed when that is said twice', now('failed', 'failed', { a: 'failed' }), 'failed'],
    ['is what its client says in a dynamic pipeline', now('running', 'completed', {}, { dynamic: true }), 'completed'],
    ['is stopped, not failed, when a dynamic one was being stopped', now('stopping', 'failed', {}, { dynamic: true }), 'stopped'],
    ['goes on after a failure where that is asked for', now('failed', 'resuming', {}, { dynamic: true }), 'resuming'],
  ])('%s', (_name, situation, status) => {
    expect(nextStatus(situation)).toBe(status);
  });

  test.each([
    ['what only steps can be', now('running', 'cached')],
    ['anything else when it is over', now('completed', 'failed', all('completed'))],
    ['resumed while it runs', now('running', 'resuming')],
    ['resumed when it is another run’s child', now('failed', 'resuming', {}, { dynamic: true, child: true })],
  ])('cannot be %s', (_name, situation) => {
    expect(() => nextStatus(situation)).toThrow();
  });

  test('of a failure leaves in progress what does not depend on it, where the pipeline says so', () => {
    expect(inProgress('failed', now('failed', null, { a: 'failed' }))).toBe(true);
    expect(inProgress('failed', now('failed', null, { a: 'failed', c: 'running' }))).toBe(true);
    expect(inProgress('failed', now('failed', null, { a: 'failed', c: 'completed' }))).toBe(false);
    expect(inProgress('failed', now('failed', null, { a: 'failed' }, { execution_mode: 'fail_fast' }))).toBe(false);
    expect(inProgress('completed', now('completed', null, all('completed')))).toBe(false);
  });
});
