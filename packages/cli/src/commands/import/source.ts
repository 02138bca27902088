// Another server that speaks the same interface, as somebody who may only read it.
import { Unreachable, type Answer } from '@zendo/client';
import { CliError, exit } from '../../core/faults.ts';
import { createFetch } from '../../core/http.ts';

export type Thing = {
  readonly id: string;
  readonly name?: string | null;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
};
export type Page = { readonly items: readonly Thing[]; readonly total: number; readonly total_pages: number };
export type Credentials = { readonly api_key: string } | { readonly username: string; readonly password: string };
export type Source = {
  readonly url: string;
  readonly id: string;
  readonly version: string;
  /** The answer to a GET, its numbers as they were written. Errors: CliError, Unreachable. */
  readonly get: <T>(path: string, query?: Readonly<Record<string, string>>) => Promise<T>;
};

/** Parses JSON so that `1.0` is written back as `1.0`. */
const parseExact = (text: string): unknown =>
  JSON.parse(text, ((_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? (JSON as unknown as { rawJSON(source: string): unknown }).rawJSON(context.source)
      : value) as (key: string, value: unknown) => unknown);

const BUSY = [429, 502, 503, 504];
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Logs in at the other server. Errors: CliError where it does not take the credentials, Unreachable. */
export const openSource = async (url: string, who: Credentials): Promise<Source> => {
  const base = `${url.replace(/\/+$/, '')}/api/v1`;
  const fetch = createFetch();
  const form = new URLSearchParams(
    'api_key' in who
      ? { grant_type: 'zenml-api-key', password: who.api_key }
      : { grant_type: 'password', username: who.username, password: who.password },
  ).toString();
  const logIn = async (): Promise<string> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${base}/login`, { method: 'POST', headers, body: form });
    if (answer.status !== 200)
      throw new CliError(`${url} does not take these credentials (${answer.status})`, exit.notLoggedIn);
    return (JSON.parse(await answer.text()) as { access_token: string }).access_token;
  };
  let token = '';
  const ask = async (path: string): Promise<Answer> => {
    const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
    return fetch(base + path, { method: 'GET', headers });
  };
  const get = async <T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> => {
    const words = new URLSearchParams(query).toString();
    const full = words === '' ? path : `${path}?${words}`;
    for (let tries = 0; ; tries += 1) {
      const answer = await ask(full).catch((error: unknown) => {
        if (error instanceof Unreachable && tries < 4) return null;
        throw error;
      });
      if (answer !== null && answer.status === 200) return parseExact(await answer.text()) as T;
      if (answer !== null && answer.status === 401 && tries < 2) token = await logIn();
      else if (answer === null || (BUSY.includes(answer.status) && tries < 5)) await wait(500 * 2 ** tries);
      else
        throw new CliError(
          `${url} answered ${answer.status} to GET ${path}: ${(await answer.text()).slice(0, 300)}`,
          exit.failed,
        );
    }
  };
  const info = await get<{ id: string; version: string }>('/info');
  token = await logIn();
  return { url, id: info.id, version: info.version, get };
};
