// What every request must pass before anything looks at it, and the headers that every answer carries.
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';

/** Carried by every answer, whatever it is. */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

const nameOf = (host: string): string => (/^\[(.*)\](?::\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, '')).toLowerCase();

/** Names under which the server answers. Addresses are always good: rebinding needs a name. */
const allowed = (app: App, host: string | undefined): boolean => {
  if (host === undefined || host === '') return false;
  const name = nameOf(host);
  const listed = app.config.allowed_hosts.split(',').map((entry) => entry.trim().toLowerCase());
  return (
    isIP(name) !== 0 ||
    name === 'localhost' ||
    name === hostname().toLowerCase() ||
    name === nameOf(new URL(app.publicUrl()).host) ||
    listed.includes(name) ||
    listed.includes('*')
  );
};

/** Refuses requests under a foreign name, and adds the security headers. */
export const secure = (server: FastifyInstance, app: App): void => {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    // Answers of the API hold tokens and people's data: no cache keeps them.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (app.publicUrl().startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000');
    reply.header('x-request-id', request.id);
    // Of two hosts a proxy before us may have believed the other one.
    if (request.raw.rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === 'host').length > 1)
      return reply.code(400).send({ detail: 'The request names two hosts' });
    if (!app.local && !allowed(app, request.headers.host))
      return reply.code(421).send({ detail: 'This server does not answer under that host name; set ZENDO_PUBLIC_URL or ZENDO_ALLOWED_HOSTS' });
  });
};

/** True where a request that came with the cookie was really made by our own pages. */
export const sameOrigin = (app: App, request: FastifyRequest): boolean => {
  if (request.headers['x-zendo-request'] === undefined) return false;
  const origin = request.headers.origin;
  if (origin === undefined) return request.headers['sec-fetch-site'] === undefined || request.headers['sec-fetch-site'] === 'same-origin';
  return origin === new URL(app.publicUrl()).origin || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
};
