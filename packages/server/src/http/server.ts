// Puts the HTTP side together: parsing, security, the API, the dashboard.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { granters } from '../access/holding.ts';
import { reload } from '../access/grants.ts';
import type { App } from '../app.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { judgeDocument } from '../kernel/document.ts';
import { Invalid } from '../kernel/errors.ts';
import { parseJson } from '../kernel/json.ts';
import type { Registry } from '../kernel/registry.ts';
import { judgeQuery } from './documents.ts';
import { outsideRoutes, toWire } from './errors.ts';
import { mount, PREFIX, type Route } from './mount.ts';
import { openApiOf } from './openapi.ts';
import { HEADERS, secure } from './security.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    needs?: unknown;
  }
}

const REQUEST_ID = /^[\w-]{1,64}$/;

/** The context of a request, before its transaction. */
const contextFor =
  (app: App, registry: Registry) =>
  (request: FastifyRequest, as: { actor: Actor }): Context => ({
    database: app.database,
    db: app.database.read,
    in_transaction: false,
    registry,
    actor: as.actor,
    now: app.clock(),
    request: { id: request.id, ip: request.ip, user_agent: request.headers['user-agent'] ?? '' },
    lenient: (request.headers['user-agent'] ?? '').startsWith('zenml/'),
    public_url: app.publicUrl(),
    reload,
    granters,
    sealing: app.sealing,
  });

const taken = (document: unknown, done: (error: Error | null, body?: unknown) => void): void => {
  try {
    judgeDocument(document);
    done(null, document);
  } catch (error) {
    done(error as Error);
  }
};
/** Where the text goes wrong, without a piece of the text: it may hold a password. */
const place = (error: unknown): string => /at position \d+/.exec((error as Error).message)?.[0] ?? '';

const parsers = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    let document: unknown;
    try {
      document = parseJson(body as string);
    } catch (error) {
      return done(new Invalid(`The body is no JSON: it goes wrong ${place(error) || 'somewhere'}`));
    }
    taken(document, done);
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    taken(Object.fromEntries(new URLSearchParams(body as string)), done),
  );
  // The wire refuses uploads by status and words, not by media type.
  server.addContentTypeParser(/^multipart\//, (_request, payload, done) => {
    payload.resume();
    done(null, undefined);
  });
};

/** Methods that a path of the API knows; none where there is no such path. */
const methodsAt = (routes: readonly Route[], path: string): readonly string[] => [
  ...new Set(routes.filter((route) => new RegExp(`^${PREFIX}${route.path.replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path)).map((route) => route.method)),
];

/** A server that is ready to listen (or to be asked in process), and its routes. */
export const createServer = async (app: App, registry: Registry): Promise<{ server: FastifyInstance; routes: readonly Route[] }> => {
  const server = Fastify({
    // Addresses can hold tokens (old links); our own line below names the route instead.
    logger: { level: app.local ? 'silent' : app.config.log_level },
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    // One hop: what further proxies, or the caller himself, wrote into X-Forwarded-For is hearsay.
    trustProxy: app.config.trust_proxy ? (_address, hop) => hop < 1 : false,
    routerOptions: { maxParamLength: 2_000 },
    genReqId: (request: { headers: Record<string, unknown> }) =>
      typeof request.headers['x-request-id'] === 'string' && REQUEST_ID.test(request.headers['x-request-id']) ? request.headers['x-request-id'] : randomUUID(),
    keepAliveTimeout: 72_000,
    return503OnClosing: true,
    exposeHeadRoutes: !app.local,
    frameworkErrors: (error: { code?: string }, _request: unknown, reply: FastifyReply) => {
      const wire = outsideRoutes(error);
      void reply.code(wire.status).headers(HEADERS).type('application/json; charset=utf-8').send(JSON.stringify(wire.body));
    },
    clientErrorHandler: (error: { code?: string }, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
      const { status, body } = outsideRoutes(error);
      const text = JSON.stringify(body);
      const headers = { ...HEADERS, 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(text)), connection: 'close' };
      socket.end(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('')}\r\n${text}`,
      );
      return undefined;
    },
  }) as unknown as FastifyInstance;
  server.decorateRequest('actor', null);
  parsers(server);
  secure(server, app);
  await server.register(cookie);
  server.setErrorHandler((error: Error, request, reply) => {
    const wire = toWire(error);
    if (wire === null)
      request.log.error(
        { request_id: request.id, route: request.routeOptions.url, error: { message: (error as Error).message, stack: (error as Error).stack } },
        'unexpected error',
      );
    void reply
      .code(wire?.status ?? 500)
      .headers(wire?.headers ?? {})
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(wire?.body ?? { detail: ['RuntimeError', `Something went wrong on the server; its log has more under the request id ${request.id}`] }));
  });
  server.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.needs === undefined) return;
    judgeDocument(request.params);
    judgeQuery(request.query);
  });
  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        request_id: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'page',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        actor: request.actor?.name,
      },
      'request',
    );
  });
  for (const path of ['/health', '/ready']) server.get(path, async (_request, reply) => reply.type('text/plain').send('ok'));
  let document: string | undefined;
  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send((document ??= JSON.stringify(openApiOf(registry)))));
  const routes = mount(server, app, registry, contextFor(app, registry));
  // Local mode has no pages, and should not wait for what serves them.
  if (!app.local) await (await import('./dashboard.ts')).serveDashboard(server, (path) => methodsAt(routes, path));
  await server.ready();
  return { server, routes };
};
