// Knows: how a declared resource or operation becomes routes. Must not know: SQL, or any resource by name.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { anonymous } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { Invalid, NotAllowed, Refused, SignInNeeded } from '../kernel/errors.ts';
import { canonicalUuid } from '../kernel/filter.ts';
import { DoneAlready, recall } from '../kernel/once.ts';
import { flag } from '../kernel/query.ts';
import type { Registry } from '../kernel/registry.ts';
import type { Need, Operation, Reply, Resource, Values } from '../kernel/resource.ts';
import { check } from '../kernel/validate.ts';
import { act } from '../kernel/verbs/act.ts';
import { create } from '../kernel/verbs/create.ts';
import { answer as answerOf, get } from '../kernel/verbs/get.ts';
import { list } from '../kernel/verbs/list.ts';
import { remove } from '../kernel/verbs/remove.ts';
import { update } from '../kernel/verbs/update.ts';
import Type from 'typebox';
import { authenticate, clearCookie, setCookie } from './authenticate.ts';

export const PREFIX = '/api/v1';
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly needs: Need;
  readonly writes: boolean;
  readonly resource?: Resource | undefined;
  readonly operation?: Operation | undefined;
  readonly verb?: 'list' | 'get' | 'create' | 'update' | 'remove' | undefined;
  /** The deprecated name by which it is reached. */
  readonly alias?: string | undefined;
  readonly run: (ctx: Context, request: FastifyRequest) => Promise<Reply>;
}

const query = (request: FastifyRequest) => request.query as Readonly<Record<string, string | readonly string[] | undefined>>;
const one = (value: unknown): string | undefined => (Array.isArray(value) ? (value.at(-1) as string) : (value as string | undefined));

/** The id in the path; only where the resource allows names may it be anything else than a UUID. */
const idOf = (resource: Resource, request: FastifyRequest): string => {
  const given = (request.params as Record<string, string>)['id']!;
  if (resource.by_name !== true && canonicalUuid(given) === null) throw new Invalid(`'${given.slice(0, 100)}' is no id: a UUID stands there`);
  return given;
};

/** An update, or what some operation does in its place. */
const updating = (resource: Resource, operations: readonly Operation[]): Route['run'] => {
  const others = operations.filter((operation) => operation.instead?.of === resource.type && operation.instead.verb === undefined);
  return async (ctx, request) => {
    const id = idOf(resource, request);
    const other = others.find((operation) => operation.instead!.when(ctx, id, (request.body ?? {}) as Values));
    return other === undefined ? { body: await update(ctx, resource, id, request.body) } : ofOperation(other).run(ctx, request);
  };
};

/** A removal, or what some operation does in its place. */
const removing = (resource: Resource, operations: readonly Operation[]): Route['run'] => {
  const others = operations.filter((operation) => operation.instead?.of === resource.type && operation.instead.verb === 'remove');
  const removal = Type.Object({ ...resource.inputs?.remove }, { additionalProperties: true });
  return async (ctx, request) => {
    const [id, given] = [idOf(resource, request), flat(query(request))];
    const other = others.find((operation) => operation.instead!.when(ctx, id, given));
    return other === undefined ? { body: await remove(ctx, resource, id, check(removal, given, true)) } : ofOperation(other).run(ctx, request);
  };
};

/** The routes that follow from a declaration. */
const crud = (resource: Resource, operations: readonly Operation[]): readonly Route[] => {
  if (resource.path === null) return [];
  const has = (verb: Route['verb']) => !(resource.without ?? []).includes(verb!);
  const base = `/${resource.path}`;
  const all: Route[] = [
    {
      method: 'GET',
      path: base,
      verb: 'list',
      resource,
      needs: { row: 'read' },
      writes: false,
      run: async (ctx, request) => ({ body: await list(ctx, resource, query(request)) }),
    },
    {
      method: 'POST',
      path: base,
      verb: 'create',
      resource,
      needs: { create: true },
      writes: true,
      run: async (ctx, request) => ({ body: await create(ctx, resource, request.body) }),
    },
    {
      method: 'GET',
      path: `${base}/{id}`,
      verb: 'get',
      resource,
      needs: { row: 'read' },
      writes: false,
      run: async (ctx, request) => ({ body: await get(ctx, resource, idOf(resource, request), { hydrate: flag('hydrate', one(query(request)['hydrate']), true) }) }),
    },
    { method: 'PUT', path: `${base}/{id}`, verb: 'update', resource, needs: { row: 'update' }, writes: true, run: updating(resource, operations) },
    { method: 'DELETE', path: `${base}/{id}`, verb: 'remove', resource, needs: { row: 'delete' }, writes: true, run: removing(resource, operations) },
  ];
  return all.filter((route) => has(route.verb));
};
const flat = (given: Readonly<Record<string, string | readonly string[] | undefined>>): Values =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, one(value)]));

const ofOperation = (operation: Operation): Route => ({
  method: operation.method,
  path: operation.path,
  needs: operation.needs,
  writes: operation.writes,
  resource: operation.resource,
  operation,
  run: (ctx, request) =>
    act(ctx, operation, {
      params: request.params as Record<string, string>,
      input: request.body,
      query: operation.query === undefined ? (query(request) as Values) : { ...query(request), ...flat(query(request)) },
      headers: request.headers as Record<string, string>,
    }),
});

/** Things that lie in no project are the same under the name of every one. */
const takesProject = ({ resource, operation }: Route): boolean =>
  resource === undefined
    ? Object.hasOwn((operation?.input as { properties?: object } | undefined)?.properties ?? {}, 'project')
    : resource.fields['project_id'] !== undefined;

/** What stands in the path of an alias is said as if it stood in the query or in the body; there it wins. */
const placed =
  (route: Route): Route['run'] =>
  (ctx, request) => {
    const said = request.params as Values;
    const known = takesProject(route) ? said : {};
    const changed = { query: { ...query(request), ...known }, ...(route.method === 'GET' ? {} : { body: { ...(request.body as Values | null), ...known } }) };
    return route.run({ ...ctx, asked: changed.query }, Object.create(request, Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, { value }]))));
  };

/** Deprecated names of paths that genuine clients still use; those with parameters are names of a list and of what is added to it. */
const aliases = (route: Route): readonly Route[] => {
  const own = `/${route.resource?.path}`;
  const renamed = (route.resource?.aliases ?? []).flatMap((name) => {
    if (name.includes('{')) return route.path === own && ['GET', 'POST'].includes(route.method) ? [{ ...route, path: `/${name}`, alias: name, run: placed(route) }] : [];
    return route.path === own || route.path.startsWith(`${own}/`) ? [{ ...route, path: `/${name}${route.path.slice(own.length)}`, alias: name }] : [];
  });
  return [...renamed, ...(route.operation?.aliases ?? []).map((name) => ({ ...route, path: `/${name}`, alias: name, run: placed(route) }))];
};

/** Every route of the API, from the registry alone. Throws where one does not say who may call it. */
export const routesOf = (registry: Registry): readonly Route[] => {
  const routes = [...registry.operations.map(ofOperation), ...registry.resources.flatMap((resource) => crud(resource, registry.operations))];
  for (const route of routes) if (route.needs === undefined) throw new Error(`${route.method} ${route.path} does not declare who may call it`);
  return routes.flatMap((route) => [route, ...aliases(route)]);
};

export type MakeContext = (request: FastifyRequest, as: { actor: Context['actor'] }) => Context;

const REPEATED = 'idempotency-key';
/** Runs a route; a POST that carries the key of one that was carried out answers what that one answered. */
const onlyOnce = async (ctx: Context, route: Route, request: FastifyRequest): Promise<Reply | { readonly text: string }> => {
  const given = request.headers[REPEATED];
  if (route.method !== 'POST' || typeof given !== 'string' || ctx.actor.id === '' || route.operation?.tells_once === true) return route.run(ctx, request);
  const key = canonicalUuid(given);
  if (key === null) throw new Refused(`${REPEATED} must be a UUID`);
  // The same session, the same words: anything else is another request.
  const said = ctx.sealing.fingerprint(JSON.stringify(request.body ?? null));
  const known: Context = { ...ctx, once: { key, target: `${route.method} ${request.url} ${ctx.actor.session_id ?? ''} ${said}` } };
  const again = async (text: string): Promise<Reply | { readonly text: string }> =>
    route.resource?.tells_once === true ? { body: await answerOf(ctx, route.resource, (JSON.parse(text) as { id: string }).id) } : { text };
  const before = await recall(known);
  if (before !== null) return again(before);
  try {
    return await route.run(known, request);
  } catch (error) {
    if (error instanceof DoneAlready) return again(error.answer);
    // The same request may have been faster; what this one met (its name is taken) is that one's work.
    const meanwhile = await recall(known);
    if (meanwhile !== null) return again(meanwhile);
    throw error;
  }
};

/** Sends events until there are no more, the listener goes, or he may not listen any longer. Nothing on the way may keep or gather them. */
const sendEvents = (app: App, context: MakeContext, request: FastifyRequest, reply: FastifyReply, stream: NonNullable<Reply['stream']>): FastifyReply => {
  const gone = new AbortController();
  reply.raw.on('close', () => gone.abort());
  // Who went while his request was being judged will not be told to go again.
  if (reply.raw.destroyed) gone.abort();
  const still = async (): Promise<Context> => {
    const actor = await authenticate(app, request, context, { writes: false, optional: false });
    if (actor.kind === 'anonymous') throw new SignInNeeded('Not authenticated');
    return context(request, { actor });
  };
  // A connection that was left open after its stream would keep a server that goes down waiting.
  return reply
    .headers({ 'cache-control': 'no-cache, no-store, no-transform', 'x-accel-buffering': 'no', connection: 'close' })
    .type('text/event-stream')
    .send(Readable.from(stream({ closed: gone.signal, still }), { objectMode: false }));
};

/** Whatever is in it was written by others: it is saved, never shown, and could do nothing if it were. */
const sendFile = (reply: FastifyReply, file: NonNullable<Reply['file']>): FastifyReply => {
  const plain = file.name.replace(/[^\w.@+-]+/g, '_').slice(-200);
  return reply
    .type(file.type)
    .header(
      'content-disposition',
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
    )
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
    .send(Readable.from(file.stream, { objectMode: false }));
};

/** Mounts the routes. Who calls is found out before a body is read; only open operations go on without. */
export const mount = (server: FastifyInstance, app: App, registry: Registry, context: MakeContext): readonly Route[] => {
  const routes = routesOf(registry);
  const add = (scope: FastifyInstance, route: Route): void => {
    const isOpen = 'open' in route.needs;
    scope.route({
      method: route.method,
      url: PREFIX + route.path.replace(/\{(\w+)\}/g, ':$1'),
      bodyLimit: route.operation?.raw === true ? app.config.webhook_body_limit : isOpen ? app.config.open_body_limit : app.config.body_limit,
      config: { needs: route.needs },
      onRequest: async (request) => {
        const actor = await authenticate(app, request, context, { writes: route.writes, optional: isOpen });
        if (!isOpen && actor.kind === 'anonymous') throw new SignInNeeded('Not authenticated');
        request.actor = actor;
      },
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const type = request.headers['content-type'] ?? '';
        if (type.startsWith('multipart/')) throw new NotAllowed('Multipart bodies are not taken here; send JSON');
        const answer = await onlyOnce({ ...context(request, { actor: request.actor ?? anonymous }), asked: query(request) }, route, request);
        if ('stream' in answer && answer.stream !== undefined) return sendEvents(app, context, request, reply, answer.stream);
        if ('text' in answer) return reply.type('application/json; charset=utf-8').send(answer.text);
        if (answer.file !== undefined) return sendFile(reply, answer.file);
        if (answer.cookie === 'clear') clearCookie(app, reply);
        else if (answer.cookie !== undefined) setCookie(app, reply, answer.cookie);
        return reply
          .code(answer.status ?? 200)
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(answer.body ?? null));
      },
    });
  };
  for (const route of routes) if (route.operation?.raw !== true) add(server, route);
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const route of routes) if (route.operation?.raw === true) add(scope, route);
  });
  return routes;
};
