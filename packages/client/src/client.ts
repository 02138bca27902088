import { BadAnswer, toApiError, Unreachable } from './errors.ts';
import { toQuery, type Query } from './query.ts';
import type { Page } from './types.ts';

export type Answer = {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
};
export type Init = {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};
/** The part of `fetch` that is needed; the global one fits, and so does a server in the same process. */
export type Fetch = (url: string, init: Init) => Promise<Answer>;

export type ClientOptions = {
  readonly url: string;
  readonly token?: string | undefined;
  readonly fetch?: Fetch;
  /** Milliseconds until an answer is given up. Default 30,000. */
  readonly timeout?: number;
  readonly agent?: string;
};

export type Client = {
  readonly url: string;
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body?: unknown): Promise<T>;
  delete<T = null>(path: string, query?: Query): Promise<T>;
  /** A POST with form fields, as /login and /device_authorization want it. */
  form<T>(path: string, fields: Record<string, string>): Promise<T>;
  /** Every item of a list, page after page, fetched as they are consumed. */
  items<T>(path: string, query?: Query): AsyncGenerator<T, void, undefined>;
  /** The same, collected. */
  all<T>(path: string, query?: Query): Promise<readonly T[]>;
};

type Ask = {
  readonly method: string;
  readonly path: string;
  readonly query?: Query | undefined;
  readonly body?: string;
  readonly type?: string;
};

const parse = (raw: string): { ok: true; value: unknown } | { ok: false } => {
  try {
    return { ok: true, value: JSON.parse(raw) };
  } catch {
    return { ok: false };
  }
};

const whyOf = (error: unknown): string => {
  const { name, message, code, cause } = error as {
    name?: string;
    message?: string;
    code?: string;
    cause?: { code?: string; message?: string };
  };
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time';
  return code ?? cause?.code ?? cause?.message ?? message ?? String(error);
};

/**
 * A client of one server. In: its address (without /api/v1), a bearer token where there is one, a `fetch` to use instead
 * of the global one. Out: calls that resolve to the parsed body.
 * Errors: ApiError (status 400 and more), Unreachable (nobody answered), BadAnswer (the answer is not of this interface).
 */
export const createClient = (options: ClientOptions): Client => {
  const url = options.url.replace(/\/+$/, '');
  const fetch: Fetch = options.fetch ?? globalThis.fetch;
  const timeout = options.timeout ?? 30_000;

  const send = async <T>(ask: Ask): Promise<T> => {
    const requestId = crypto.randomUUID().slice(0, 8);
    const headers: Record<string, string> = { accept: 'application/json', 'x-request-id': requestId };
    if (options.agent) headers['user-agent'] = options.agent;
    if (options.token) headers.authorization = `Bearer ${options.token}`;
    if (ask.type) headers['content-type'] = ask.type;
    const init = {
      method: ask.method,
      headers,
      ...(ask.body === undefined ? {} : { body: ask.body }),
      signal: AbortSignal.timeout(timeout),
    };
    let status: number;
    let raw: string;
    let answer: Answer;
    try {
      answer = await fetch(`${url}/api/v1${ask.path}${toQuery(ask.query)}`, init);
      status = answer.status;
      raw = await answer.text();
    } catch (error) {
      throw error instanceof Unreachable ? error : new Unreachable(url, whyOf(error), error);
    }
    const body = parse(raw);
    if (status >= 400) {
      const from = {
        status,
        method: ask.method,
        path: ask.path,
        requestId: answer.headers.get('x-request-id') ?? requestId,
      };
      throw toApiError(from, body.ok ? body.value : raw.startsWith('<') ? '' : raw.slice(0, 500));
    }
    if (status >= 300)
      throw new BadAnswer(
        `${url} redirects to ${answer.headers.get('location') ?? 'another address'}; use that address`,
      );
    if (!body.ok) throw new BadAnswer(`${url} does not answer like a Zendo server (no JSON at /api/v1${ask.path})`);
    return body.value as T;
  };

  const json = (body: unknown) => (body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' });

  async function* items<T>(path: string, query: Query = {}): AsyncGenerator<T, void, undefined> {
    for (let page = 1; ; page++) {
      const found = await send<Page<T>>({ method: 'GET', path, query: { size: 200, ...query, page } });
      yield* found.items;
      if (page >= found.total_pages) return;
    }
  }

  return {
    url,
    get: (path, query) => send({ method: 'GET', path, query }),
    post: (path, body) => send({ method: 'POST', path, ...json(body) }),
    put: (path, body) => send({ method: 'PUT', path, ...json(body) }),
    delete: (path, query) => send({ method: 'DELETE', path, query }),
    form: (path, fields) =>
      send({
        method: 'POST',
        path,
        body: new URLSearchParams(fields).toString(),
        type: 'application/x-www-form-urlencoded',
      }),
    items,
    all: async <T>(path: string, query?: Query) => {
      const found: T[] = [];
      for await (const item of items<T>(path, { size: 1000, ...query })) found.push(item);
      return found;
    },
  };
};
