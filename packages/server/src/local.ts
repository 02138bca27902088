// Local mode: the same API in process, on a file, with one implicit person. The command line uses it where no server is connected.
import { startServer } from './main.ts';

export interface Local { readonly fetch: typeof fetch; close(): Promise<void> }

/** Opens (or makes) the local file in the folder of `path` and answers requests in process. Throws where the file cannot be opened. */
export const openLocal = async (options: { readonly path: string }): Promise<Local> => {
  const running = await startServer({ local: true, listen: false, database_url: options.path, log_level: 'silent' });
  const answer = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.text();
    const result = await running.server.inject({
      method: request.method as 'GET', url: url.pathname + url.search, headers: Object.fromEntries(request.headers), ...(body === undefined || body === '' ? {} : { payload: body }),
    });
    return new Response(result.rawPayload.length === 0 ? null : new Uint8Array(result.rawPayload), { status: result.statusCode, headers: Object.fromEntries(Object.entries(result.headers).map(([name, value]) => [name, String(value)])) });
  };
  return { fetch: answer as typeof fetch, close: () => running.close() };
};
