import { describe, expect, test } from 'vitest';
import { findTarget } from './connection.ts';

const saved = { url: 'https://a.test/', token: 'saved', verify_ssl: false };

describe('the server that is meant', () => {
  test('is none at first, then the connected one', () => {
    expect(findTarget({}, {})).toBeUndefined();
    expect(findTarget({}, saved)).toMatchObject({
      url: 'https://a.test',
      token: 'saved',
      from: 'connect',
      tls: { verify_ssl: false },
    });
  });
  test('is the one of the environment, ours before that of the Python client', () => {
    const python = { ZENML_STORE_URL: 'https://b.test', ZENML_STORE_USERNAME: 'ada', ZENML_STORE_PASSWORD: 'x' };
    expect(findTarget(python, saved)).toMatchObject({
      url: 'https://b.test',
      token: undefined,
      credentials: { username: 'ada', password: 'x' },
    });
    expect(findTarget({ ...python, ZENDO_URL: 'https://c.test', ZENDO_TOKEN: 't' }, saved)).toMatchObject({
      url: 'https://c.test',
      token: 't',
    });
    expect(findTarget({ ZENML_STORE_URL: 'sqlite:///x.db' }, saved)).toMatchObject({ url: 'https://a.test' });
  });
  test('never gets what was meant for another', () => {
    const python = { ZENML_STORE_USERNAME: 'ada', ZENML_STORE_PASSWORD: 'x', ZENML_STORE_API_KEY: 'ZENKEY_x' };
    expect(findTarget({ ...python, ZENDO_URL: 'https://c.test' }, saved)).toEqual({
      url: 'https://c.test',
      from: 'ZENDO_URL',
      token: undefined,
      credentials: undefined,
      tls: { verify_ssl: undefined, ca_cert: undefined },
    });
    expect(findTarget(python, saved)).toMatchObject({ token: 'saved' });
  });
  test('is not asked with half a log-in', () => {
    expect(findTarget({ ZENDO_URL: 'https://c.test', ZENDO_USERNAME: 'ada' }, {})).toMatchObject({
      credentials: undefined,
    });
  });
});
