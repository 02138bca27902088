// The only place that speaks HTTP. Knows the envelope and the error forms of the interface; knows no resource.
import type { Envelope as Answered, Page } from '@zendo/client';

export type Envelope<B = unknown, M = unknown, R = unknown> = Answered<B, M, R>;
export type { Page } from '@zendo/client';

export const asPage = <T>(items: readonly T[]): Page<T> => ({
  index: 1,
  max_size: Math.max(1, items.length),
  total_pages: 1,
  total: items.length,
  items,
});

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export class ApiError extends Error {
  readonly status: number;
  readonly kind: string;
  readonly needs: string | undefined;
  readonly retryAfter: number | undefined;
  /** What is wrong with which part of what was sent, by its path. */
  readonly fields: Readonly<Record<string, string>>;
  constructor(
    status: number,
    kind: string,
    message: string,
    needs?: string,
    retryAfter?: number,
    fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.needs = needs;
    this.retryAfter = retryAfter;
    this.fields = fields;
  }
}

export const isStatus = (error: unknown, status: number): error is ApiError =>
  error instanceof ApiError && error.status === status;

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something went wrong. Try again.';

const search = (query: Query): string => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(key, `${value}`);
  const text = params.toString();
  return text && `?${text}`;
};

const failure = async (answer: Response): Promise<ApiError> => {
  const body: unknown = await answer.json().catch(() => null);
  const detail = Array.isArray(body) ? body : (body as { detail?: unknown } | null)?.detail;
  const [kind, message] = Array.isArray(detail) ? detail.map(String) : ['Error', detail ? String(detail) : ''];
  const { needs, fields } = (body ?? {}) as { needs?: string; fields?: Record<string, string> };
  const retry = Number(answer.headers.get('retry-after')) || undefined;
  const fallback =
    answer.status >= 500 ? 'The server had a problem with this. Try again in a moment.' : answer.statusText;
  return new ApiError(
    answer.status,
    kind ?? 'Error',
    message || fallback || 'The request failed.',
    needs,
    retry,
    fields,
  );
};

interface Options {
  readonly query?: Query;
  readonly body?: unknown;
  readonly form?: Record<string, string>;
  readonly session?: boolean;
  readonly signal?: AbortSignal;
  /** Reads the answer where plain JSON would lose something. */
  readonly parse?: (text: string) => unknown;
}

export const call = async <T>(method: string, path: string, options: Options = {}): Promise<T> => {
  const headers: Record<string, string> = { accept: 'application/json', 'x-zendo-request': '1' };
  if (options.session) headers['x-zendo-session'] = 'cookie';
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  const answer = await fetch(`/api/v1${path}${search(options.query ?? {})}`, {
    method,
    headers,
    body: options.form
      ? new URLSearchParams(options.form)
      : options.body === undefined
        ? null
        : JSON.stringify(options.body),
    signal: options.signal ?? null,
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'Network', 'The server cannot be reached. Check that it is running and that you are online.');
  });
  if (!answer.ok) throw await failure(answer);
  return (options.parse ? options.parse(await answer.text()) : await answer.json()) as T;
};

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  call<T>('GET', path, { query: query ?? {}, signal });
export const post = <T>(path: string, body: unknown = {}): Promise<T> => call<T>('POST', path, { body });
export const put = <T>(path: string, body: unknown = {}): Promise<T> => call<T>('PUT', path, { body });
export const remove = <T>(path: string, query?: Query): Promise<T> => call<T>('DELETE', path, { query: query ?? {} });

export const seg = encodeURIComponent;
