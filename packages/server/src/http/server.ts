// Puts the HTTP side together: parsing, security, the API, the dashboard.
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { granters } from '../access/holding.ts';
import { reload } from '../access/grants.ts';
import type { App } from '../app.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { Invalid } from '../kernel/errors.ts';
import { parseJson } from '../kernel/json.ts';
import type { Registry } from '../kernel/registry.ts';
import { serveDashboard } from './dashboard.ts';
import { toWire } from './errors.ts';
import { mount, type Route } from './mount.ts';
import { openApiOf } from './openapi.ts';
import { secure } from './security.ts';

declare module 'fastify' {
  interface FastifyRequest { actor: Actor | null }
  interface FastifyContextConfig { needs?: unknown }
}

const REQUEST_ID = /^[\w-]{1,64}$/;

/** The context of a request, before its transaction. */
export const contextFor = (app: App, registry: Registry) => (request: FastifyRequest, as: { actor: Actor }): Context => ({
  database: app.database, db: app.database.read, in_transaction: false, registry, actor: as.actor, now: app.clock(),
  request: { id: request.id, ip: request.ip, user_agent: request.headers['user-agent'] ?? '' },
  lenient: (request.headers['user-agent'] ?? '').startsWith('zenml/'), reload, granters,
});

const parsers = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, parseJson(body as string));
    } catch (error) {
      done(new Invalid(`The body is no JSON: ${(error as Error).message}`));
    }
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))));
  // The wire refuses uploads by status and words, not by media type.
  server.addContentTypeParser(/^multipart\//, (_request, payload, done) => { payload.resume(); done(null, undefined); });
};

/** A server that is ready to listen (or to be asked in process), and its routes. */
export const createServer = async (app: App, registry: Registry): Promise<{ server: FastifyInstance; routes: readonly Route[] }> => {
  const server = Fastify({
    // Addresses can hold tokens (old links); our own line below names the route instead.
    logger: { level: app.local ? 'silent' : app.config.log_level }, logController: new Fastify.LogController({ disableRequestLogging: true }), trustProxy: app.config.trust_proxy, routerOptions: { maxParamLength: 2_000 },
    genReqId: (request: { headers: Record<string, unknown> }) => (typeof request.headers['x-request-id'] === 'string' && REQUEST_ID.test(request.headers['x-request-id']) ? request.headers['x-request-id'] : randomUUID()),
    keepAliveTimeout: 72_000, return503OnClosing: true, exposeHeadRoutes: true,
  }) as unknown as FastifyInstance;
  server.decorateRequest('actor', null);
  parsers(server);
  secure(server, app);
  await server.register(cookie);
  server.setErrorHandler((error: Error, request, reply) => {
    const wire = toWire(error);
    if (wire === null) request.log.error({ request_id: request.id, route: request.routeOptions.url, error: { message: (error as Error).message, stack: (error as Error).stack } }, 'unexpected error');
    void reply.code(wire?.status ?? 500).headers(wire?.headers ?? {}).type('application/json; charset=utf-8')
      .send(JSON.stringify(wire?.body ?? { detail: ['RuntimeError', `Something went wrong on the server; its log has more under the request id ${request.id}`] }));
  });
  server.addHook('onResponse', async (request, reply) => {
    request.log.info({ request_id: request.id, method: request.method, route: request.routeOptions.url ?? 'page', status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, actor: request.actor?.name }, 'request');
  });
  for (const path of ['/health', '/ready']) server.get(path, async (_request, reply) => reply.type('text/plain').send('ok'));
  const document = JSON.stringify(openApiOf(registry));
  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
  const routes = mount(server, app, registry, contextFor(app, registry));
  await serveDashboard(server);
  await server.ready();
  return { server, routes };
};
