// Local mode: the same API in process, on a file, with one implicit person. The command line uses it where no server is connected.
import { startServer } from './main.ts';

/** The part of fetch that the client of the same process needs; Request and Response would load all of undici (35 ms). */
export type LocalFetch = (
  url: string,
  init?: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string },
) => Promise<{ readonly status: number; readonly headers: { get(name: string): string | null }; text(): Promise<string> }>;
export interface Local {
  readonly fetch: LocalFetch;
  close(): Promise<void>;
}

/** Opens (or makes) the local file in the folder of `path` and answers requests in process. Throws where the file cannot be opened. */
export const openLocal = async (options: { readonly path: string }): Promise<Local> => {
  const running = await startServer({ local: true, listen: false, database_url: options.path, log_level: 'silent' });
  const fetch: LocalFetch = async (address, { method = 'GET', headers = {}, body } = {}) => {
    const url = new URL(address);
    const answer = await running.server.inject({ method: method as 'GET', url: url.pathname + url.search, headers, ...(body ? { payload: body } : {}) });
    return { status: answer.statusCode, headers: { get: (name) => answer.headers[name.toLowerCase()]?.toString() ?? null }, text: async () => answer.payload };
  };
  return { fetch, close: () => running.close() };
};
