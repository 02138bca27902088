import { describe, expect, test } from 'vitest';
import {
  ApiError,
  awaitDevice,
  BadAnswer,
  createClient,
  passwordLogin,
  path,
  Unreachable,
  type Fetch,
} from './index.ts';

type Asked = {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
};

/** A server that gives prepared answers, one after the other, and notes what it was asked. */
const scripted = (...answers: readonly { status?: number; body: unknown; headers?: Record<string, string> }[]) => {
  const asked: Asked[] = [];
  const fetch: Fetch = async (url, init) => {
    const { status = 200, body, headers = {} } = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push({ url, ...init });
    const text = typeof body === 'string' && body.startsWith('<') ? body : JSON.stringify(body);
    return { status, headers: { get: (name) => headers[name] ?? null }, text: async () => text };
  };
  return { asked, client: createClient({ url: 'https://zendo.test/', token: 'secret', fetch }) };
};

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a call', () => {
  test('carries the token, the parameters and a request id', async () => {
    const { client, asked } = scripted({ body: { name: 'ada' } });
    expect(
      await client.get(path`/users/${'a/b c'}`, { size: 5, name: ['startswith:a', 'endswith:b'], page: undefined }),
    ).toEqual({ name: 'ada' });
    expect(asked[0]).toMatchObject({
      method: 'GET',
      url: 'https://zendo.test/api/v1/users/a%2Fb%20c?size=5&name=startswith%3Aa&name=endswith%3Ab',
    });
    expect(asked[0]!.headers).toMatchObject({
      authorization: 'Bearer secret',
      'x-request-id': expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    expect(asked[0]!.headers['content-type']).toBeUndefined();
  });
  test('sends JSON, and a log-in as a form', async () => {
    const { client, asked } = scripted({ body: null });
    await client.put('/users/ada', { email: 'a@b' });
    expect(asked[0]).toMatchObject({ method: 'PUT', body: '{"email":"a@b"}' });
    await passwordLogin(client, 'ada', 'p&=ä');
    expect(asked[1]).toMatchObject({ body: 'grant_type=password&username=ada&password=p%26%3D%C3%A4' });
    expect(asked[1]!.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });
});

describe('a list', () => {
  test('is read page after page, and no page more than is used', async () => {
    const page = (index: number) => ({
      body: { index, max_size: 2, total_pages: 3, total: 5, items: [index * 2 - 1, index * 2] },
    });
    const { client, asked } = scripted(page(1), page(2), page(3));
    const seen: number[] = [];
    for await (const item of client.items<number>('/users')) {
      seen.push(item);
      if (item === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
    expect(asked).toHaveLength(2);
    const again = scripted(page(1), page(2), page(3));
    expect(await again.client.all('/users')).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('an error', () => {
  test.each([
    [{ detail: ['KeyError', 'no user x'] }, { kind: 'KeyError', message: 'no user x' }],
    [['ValueError', 'too long'], { kind: 'ValueError', message: 'too long' }],
    [{ detail: 'Not authenticated' }, { kind: '', message: 'Not authenticated' }],
    [
      { error: 'expired_token', error_description: 'too late' },
      { kind: 'expired_token', message: 'too late' },
    ],
    [
      { detail: ['IllegalOperationError', 'no'], needs: 'user:create' },
      { kind: 'IllegalOperationError', needs: 'user:create' },
    ],
    ['<html>', { message: 'the server answered 418' }],
  ])('of the form %j is understood', async (body, expected) => {
    const { client } = scripted({ status: 418, body, headers: { 'x-request-id': 'r1' } });
    const error = await failure(client.get('/users'));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 418, requestId: 'r1', method: 'GET', path: '/users', ...expected });
  });
  test('says when nobody answers, or not in time', async () => {
    const refused = createClient({
      url: 'http://x',
      fetch: async () => Promise.reject(Object.assign(new Error('fetch failed'), { cause: { code: 'ECONNREFUSED' } })),
    });
    expect(await failure(refused.get('/info'))).toMatchObject({
      name: 'Unreachable',
      message: 'cannot reach http://x: ECONNREFUSED',
    });
    const slow: Fetch = (_url, { signal }) =>
      new Promise((_done, fail) => signal?.addEventListener('abort', () => fail(signal.reason as Error)));
    const error = await failure(createClient({ url: 'http://x', timeout: 20, fetch: slow }).get('/info'));
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).toMatchObject({ message: 'cannot reach http://x: no answer in time' });
  });
  test('says when something else answers', async () => {
    expect(await failure(scripted({ body: '<html>' }).client.get('/info'))).toBeInstanceOf(BadAnswer);
    const moved = scripted({ status: 308, body: null, headers: { location: 'https://other.test/' } });
    expect(await failure(moved.client.get('/info'))).toMatchObject({
      message: expect.stringContaining('https://other.test/'),
    });
  });
});

test('a device log-in waits for its confirmation, longer when it is asked to', async () => {
  const no = (error: string) => ({ status: 400, body: { error, error_description: '' } });
  const { client } = scripted(no('authorization_pending'), no('slow_down'), { body: { access_token: 't' } });
  const pauses: number[] = [];
  const grant = {
    device_code: 'd',
    user_code: 'u',
    expires_in: 300,
    interval: 5,
    verification_uri: '',
    verification_uri_complete: '',
  };
  expect(await awaitDevice(client, 'c', grant, async (ms) => pauses.push(ms))).toEqual({ access_token: 't' });
  expect(pauses).toEqual([5000, 5000, 10_000]);
  const refused = scripted(no('access_denied'));
  expect(await failure(awaitDevice(refused.client, 'c', grant, async () => {}))).toMatchObject({
    kind: 'access_denied',
  });
});
