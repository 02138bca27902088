// Who calls: the cookie of our own pages, or a bearer token.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { noteUse, whoHolds } from '../auth/sessions.ts';
import { localActor } from '../local_actor.ts';
import { anonymous, type Actor } from '../kernel/actor.ts';
import { NotAllowed, SignInNeeded } from '../kernel/errors.ts';
import type { MakeContext } from './mount.ts';
import { sameOrigin } from './security.ts';

const cookieName = (app: App): string => (app.publicUrl().startsWith('https:') ? '__Host-zendo' : 'zendo_session');

/**
 * The actor behind a request. Throws SignInNeeded on a credential that is no longer good, unless who calls does not matter;
 * NotAllowed where another site's page tries to use the cookie.
 */
export const authenticate = async (app: App, request: FastifyRequest, context: MakeContext, route: { writes: boolean; optional: boolean }): Promise<Actor> => {
  if (app.local) return localActor;
  const cookie = request.cookies[cookieName(app)];
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const byCookie = cookie !== undefined && cookie !== '' && bearer === undefined;
  const token = byCookie ? cookie : bearer;
  if (token === undefined) return anonymous;
  const ctx = context(request, { actor: anonymous });
  const found = await whoHolds(ctx, token);
  // A cookie is a browser's: no other token becomes one by being sent there.
  if (found === null || (byCookie && found.actor.via !== 'browser')) {
    if (route.optional) return anonymous;
    throw new SignInNeeded('The session is over or was revoked; log in again');
  }
  if (byCookie && route.writes && !sameOrigin(app, request)) {
    if (route.optional) return anonymous;
    throw new NotAllowed('A request that changes something must come from the dashboard itself (header X-Zendo-Request, same origin)');
  }
  noteUse(context(request, { actor: found.actor }), found.last_used).catch((error: unknown) => request.log.warn({ error }, 'could not note the use of a session'));
  return found.actor;
};

const options = (app: App) => ({ path: '/', httpOnly: true, sameSite: 'lax' as const, secure: app.publicUrl().startsWith('https:') });

/** Gives the browser its session. Scripts cannot read it; over https it never travels unencrypted. */
export const setCookie = (app: App, reply: FastifyReply, session: { token: string; expires: string | null }): void => {
  reply.setCookie(cookieName(app), session.token, { ...options(app), ...(session.expires === null ? {} : { expires: new Date(`${session.expires.slice(0, 23)}Z`) }) });
};
export const clearCookie = (app: App, reply: FastifyReply): void => {
  reply.clearCookie(cookieName(app), options(app));
};
