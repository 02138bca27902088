import { describe, expect, test } from 'vitest';
import { firstWord, normalize } from './argv.ts';
import { ago, moment, seconds } from './duration.ts';
import { didYouMean, suggest } from './suggest.ts';

describe('a command line is read as it was meant', () => {
  test('options with underscores are those with hyphens, values are left alone', () => {
    expect(normalize(['user', 'update', 'a_b', '--full_name=A_B', '--e_x', 'c_d'])).toEqual([
      'user',
      'update',
      'a_b',
      '--full-name=A_B',
      '--e-x',
      'c_d',
    ]);
    expect(normalize(['x', '--', '--a_b'])).toEqual(['x', '--', '--a_b']);
  });
  test('help before the command is help of the command, and nothing at all is help', () => {
    expect(normalize(['help', 'user', 'create'])).toEqual(['user', 'create', '--help']);
    expect(normalize([])).toEqual(['--help']);
  });
  test('the word order of the original works for API keys', () => {
    expect(normalize(['service-account', 'api-key', 'ci', 'create', 'nightly'])).toEqual([
      'service-account',
      'api-key',
      'create',
      'ci',
      'nightly',
    ]);
    expect(normalize(['service-account', 'api-key', 'create', 'ci', 'list'])).toEqual([
      'service-account',
      'api-key',
      'create',
      'ci',
      'list',
    ]);
  });
  test('the group is found behind global options', () => {
    expect(firstWord(['-o', 'json', '--debug', 'user', 'list'])).toBe('user');
    expect(firstWord(['--help'])).toBeUndefined();
  });
});

describe('what may have been meant', () => {
  test('near words come first, far ones not at all', () => {
    expect(suggest('grce', ['ada', 'grace', 'graces'])).toEqual(['grace']);
    expect(suggest('usre', ['user', 'role'])).toEqual(['user']);
    expect(suggest('dev', ['developer', 'admin'])).toEqual(['developer']);
    expect(didYouMean('xyzzy', ['user', 'role'])).toEqual([]);
  });
});

describe('times', () => {
  test('durations are read', () => {
    expect(seconds('72h', '--expires')).toBe(259_200);
    expect(seconds('1d12h', '--expires')).toBe(129_600);
    expect(() => seconds('soon', '--expires')).toThrow('--expires soon');
    expect(() => seconds('7', '--expires')).toThrow('not a duration');
  });
  test('dates are taken as UTC', () => {
    expect(moment('2027-01-02', '--expires')).toBe('2027-01-02T00:00:00.000');
    expect(moment('2027-01-02T10:00', '--expires')).toBe('2027-01-02T10:00:00.000');
    expect(moment('2027-01-02T10:00+02:00', '--expires')).toBe('2027-01-02T08:00:00.000');
    expect(() => moment('2027-13-45', '--expires')).toThrow('not a date');
  });
  test('a date is said the way people say it', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(ago('2026-11-23T11:57:00.123456', now)).toBe('3 minutes ago');
    expect(ago('2026-11-25T12:00:00', now)).toBe('in 2 days');
    expect(ago('2026-11-23T11:59:50', now)).toBe('just now');
    expect(ago('2025-01-01T00:00:00', now)).toBe('2025-01-01');
    expect(ago(null, now)).toBe('');
  });
});
