import { readFileSync } from 'node:fs';
import type { Agent, IncomingMessage } from 'node:http';
import { Unreachable, type Answer, type Fetch } from '@zendo/client';
import { usage } from './faults.ts';

export type Tls = { readonly verify_ssl?: boolean | undefined; readonly ca_cert?: string | undefined };

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'unknown host',
  EAI_AGAIN: 'the name cannot be looked up',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  ECONNRESET: 'the connection was closed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed (--ssl-ca-cert names one to trust)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed (--ssl-ca-cert names one to trust)',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified (--ssl-ca-cert names one to trust)',
};

const collect = async (response: IncomingMessage): Promise<Answer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  return {
    status: response.statusCode ?? 0,
    headers: { get: (name) => [response.headers[name.toLowerCase()] ?? []].flat()[0] ?? null },
    text: async () => body,
  };
};

const certificate = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    throw usage(
      `--ssl-ca-cert ${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`,
    );
  }
};

/** Whether an address stays on this machine. */
export const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

// The built-in fetch waits 10 s or more for a connection and takes no certificate of one's own; this one does neither.
/** A fetch that gives up connecting after `connectTimeout` ms. Errors: Unreachable. */
export const createFetch = (tls: Tls = {}, connectTimeout = 5000): Fetch => {
  const ca = tls.ca_cert ? certificate(tls.ca_cert) : undefined;
  // A server on this machine is never reached through a proxy, whatever the environment forgot to except.
  const options = (to: URL) => ({ keepAlive: true, ...(isLoopback(to) ? {} : { proxyEnv: process.env }) });
  // An import of node:http reads its every export, WebSocket and all: 35 ms that this way are not spent.
  const http = process.getBuiltinModule('node:http');
  const https = process.getBuiltinModule('node:https');
  const agents = {
    'http:': (to: URL) => new http.Agent(options(to)),
    'https:': (to: URL) =>
      new https.Agent({ ...options(to), ...(ca ? { ca } : {}), rejectUnauthorized: tls.verify_ssl !== false }),
  };
  let agent: Agent | undefined;
  return (url, init) =>
    new Promise<Answer>((done, fail) => {
      const to = new URL(url);
      const secure = to.protocol === 'https:';
      agent ??= agents[secure ? 'https:' : 'http:'](to);
      const body = init.body === undefined ? undefined : Buffer.from(init.body);
      const request = (secure ? https : http).request(to, {
        method: init.method,
        headers: { ...init.headers, ...(body ? { 'content-length': body.length } : {}) },
        agent,
        ...(init.signal ? { signal: init.signal } : {}),
      });
      const unreachable = (why: string, cause?: unknown) => {
        clearTimeout(giveUp);
        fail(new Unreachable(to.origin, why, cause));
      };
      const giveUp = setTimeout(() => {
        unreachable(`no connection within ${connectTimeout / 1000} s`);
        request.destroy();
      }, connectTimeout);
      request.on('socket', (socket) => {
        if (!socket.connecting) clearTimeout(giveUp);
        else socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(giveUp));
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        const late = error.name === 'AbortError' || error.name === 'TimeoutError';
        unreachable(late ? 'no answer in time' : (words[error.code ?? ''] ?? error.code ?? error.message), error);
      });
      request.on('response', (response) => {
        clearTimeout(giveUp);
        done(
          collect(response).catch((error) => Promise.reject(new Unreachable(to.origin, 'the answer broke off', error))),
        );
      });
      request.end(body);
    });
};
