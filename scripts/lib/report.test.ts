import { expect, test } from 'vitest';
import { emptyProjects, totals } from './report.ts';

const file = (name: string, status: string, ...statuses: string[]) => ({
  name,
  status,
  message: '',
  assertionResults: statuses.map((each) => ({ status: each, fullName: each })),
});

test('passed, failed and skipped tests are counted', () => {
  expect(
    totals({ testResults: [file('/r/a', 'failed', 'passed', 'failed', 'pending'), file('/r/b', 'passed', 'passed')] }),
  ).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
  });
});

test('a file that could not be loaded, or whose set-up failed, counts as a failure', () => {
  expect(totals({ testResults: [file('/r/a', 'failed'), file('/r/b', 'failed', 'pending')] })).toEqual({
    passed: 0,
    failed: 2,
    skipped: 1,
  });
});

test('a project without tests is noticed', () => {
  const report = {
    testResults: [file('/r/packages/server/src/a.test.ts', 'passed', 'passed'), file('/r/compat/a.test.ts', 'failed')],
  };
  expect(emptyProjects(report, '/r', ['unit', 'compat', 'e2e'])).toEqual(['compat', 'e2e']);
});
