// What is done with people beyond changing their fields.
import Type from 'typebox';
import { join } from '../../access/assign.ts';
import { loadActor } from '../../access/grants.ts';
import { mustHoldAllOf, principalsOf } from '../../access/holding.ts';
import { owned } from '../../access/owned.ts';
import type { App } from '../../app.ts';
import { touchGrants } from '../../kernel/audit.ts';
import { quietly, type Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed, NotFound } from '../../kernel/errors.ts';
import { find } from '../../kernel/find.ts';
import { action, onRow, open, toCreate, type Operation, type Resource, type Values } from '../../kernel/resource.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { answer as get } from '../../kernel/verbs/get.ts';
import { holds } from '../../kernel/visible.ts';
import { loadSettings } from '../../services/settings.ts';
import { accept, acceptance, DEAD, living } from '../invitation/accepting.ts';
import { invite, pick } from '../invitation/inviting.ts';
import { type Link, lifetime, makeLink } from '../invitation/links.ts';
import { serviceAccount, user } from './account.ts';
import { silence } from './hooks.ts';
import { seconds } from './inputs.ts';

const OWN = ['name', 'full_name', 'email', 'email_opted_in', 'user_metadata', 'external_user_id', 'avatar_url', 'description'];
const create = (resource: Resource) => inputSchema(resource, 'create', () => true);
/** Fields of the wire that carry nothing here. */
const tolerant = (given: Values): Values => Object.fromEntries(Object.entries(given).filter(([name]) => !['activation_token', 'oidc_claims', 'user'].includes(name)));

/** An account that can act at once: with a password, or a service account. */
const insertActive = async (ctx: Context, resource: Resource, given: Values, password_hash: string | null, fallback: string | null): Promise<Values> => {
  const complete: Resource = {
    ...resource,
    hooks: {
      ...resource.hooks,
      create: async (c, i) => ({
        ...(await resource.hooks!.create!(c, { ...i, status: given['active'] === false ? 'inactive' : 'active', password_hash })),
        ...(password_hash === null ? {} : { password_changed_at: ctx.now }),
      }),
    },
  };
  const row = await insert(quietly(ctx), complete, pick(given, OWN));
  const roles = await join(quietly(ctx), row['id'], given, fallback);
  return { ...row, roles };
};

/** The role of a new person where none is named: the wire's is_admin says admin or developer, silence the server's default. */
const fallbackRole = async (ctx: Context, given: Values): Promise<string> => {
  if (typeof given['is_admin'] === 'boolean') return given['is_admin'] ? 'admin' : 'developer';
  return (await loadSettings(ctx.db)).default_role;
};

const manage = async (ctx: Context, row: Values, what: string): Promise<void> => mustHoldAllOf(ctx, await principalsOf(ctx, row['id']), what);

/** A link with which a deactivated person can come back; null where the caller could not let him. */
const wayBack = async (ctx: Context, app: App, row: Values): Promise<Link | null> => {
  try {
    await manage(ctx, row, `reactivate '${row['name']}'`);
  } catch (error) {
    if (error instanceof NotAllowed) return null;
    throw error;
  }
  return makeLink(ctx, app, 'reactivate', row['id'], await lifetime(ctx, app, null));
};
/** The person as one is told of it once, with the link as the wire has it. */
const withLink = async (ctx: Context, id: string, link: Link | null): Promise<unknown> => {
  const envelope = await get(ctx, user, id);
  return link === null ? envelope : { ...envelope, body: { ...envelope.body, activation_token: link.token, activation_url: link.url } };
};

const lifecycle = (app: App): readonly Operation[] => [
  action(user, {
    name: 'deactivate',
    tells_once: true,
    method: 'PUT',
    path: '/{name_or_id}/deactivate',
    needs: onRow('manage'),
    writes: true,
    description: 'Make an account unable to act: sessions end at once. Answers with a link with which the person can come back.',
    run: async (ctx, { row, note }) => {
      if (row.id === ctx.actor.id) throw new NotAllowed('Nobody deactivates himself; ask another administrator');
      if (row.status === 'inactive') throw new NotAllowed(`'${row.name}' is inactive already`);
      await touchGrants(ctx);
      await ctx.db.updateTable('account').set({ status: 'inactive', updated: ctx.now }).where('id', '=', row.id).execute();
      await silence(ctx, row.id);
      note({ changes: { status: { before: row.status, after: 'inactive' } } });
      return { body: await withLink(ctx, row.id, await wayBack(ctx, app, row)) };
    },
  }),
  action(user, {
    name: 'reactivate',
    method: 'PUT',
    path: '/{name_or_id}/reactivate',
    needs: onRow('manage'),
    writes: true,
    description: 'Let a deactivated account act again.',
    run: async (ctx, { row, note }) => {
      if (row.status === 'active') throw new NotAllowed(`'${row.name}' is active already`);
      if (row.password_hash === null) throw new NotAllowed(`'${row.name}' has never signed up; renew the invitation instead`);
      await manage(ctx, row, `reactivate '${row.name}'`);
      await touchGrants(ctx);
      await ctx.db.updateTable('account').set({ status: 'active', updated: ctx.now }).where('id', '=', row.id).execute();
      note({ changes: { status: { before: row.status, after: 'active' } } });
      return { body: await get(ctx, user, row.id) };
    },
  }),
  action(user, {
    name: 'reset',
    tells_once: true,
    method: 'POST',
    path: '/{name_or_id}/reset',
    needs: onRow('manage'),
    writes: true,
    input: Type.Object({ expires_in: seconds }, { additionalProperties: false }),
    description: 'A link with which the person sets a new password. The old password works until then.',
    run: async (ctx, { row, input }) => {
      if (row.status !== 'active')
        throw new NotAllowed(
          row.status === 'pending' ? `'${row.name}' has not signed up yet; renew the invitation instead` : `'${row.name}' is inactive; reactivate the account first`,
        );
      await manage(ctx, row, `reset the password of '${row.name}'`);
      return { body: await makeLink(ctx, app, 'reset', row.id, await lifetime(ctx, app, input['expires_in'] as number | null)) };
    },
  }),
];

/** The operations on people and service accounts. */
export const people = (app: App): readonly Operation[] => [
  action(user, {
    name: 'create',
    tells_once: true,
    method: 'POST',
    path: '',
    needs: toCreate,
    writes: true,
    input: Type.Object(
      {
        ...(create(user).properties as object),
        activation_token: Type.Optional(Type.Unsafe({})),
        oidc_claims: Type.Optional(Type.Unsafe({})),
        user: Type.Optional(Type.Unsafe({})),
      },
      { additionalProperties: false },
    ),
    prepare: async (ctx, input) => {
      if (!input['password'] || !holds(ctx, 'user:create', null)) return null;
      app.passwords.judge(input['password'], [input['name'], input['full_name'], input['email']]);
      return app.passwords.hash(input['password']);
    },
    description: 'Create a person: active with a password, else pending with a one-time link.',
    run: async (ctx, call) => {
      const given: Values = tolerant(call.input as Values);
      const fallback = await fallbackRole(ctx, given);
      const named = given['roles'] ?? ((given['projects']?.length ?? 0) > 0 && typeof given['is_admin'] !== 'boolean' ? [] : [fallback]);
      const made =
        call.prepared === null
          ? await invite(ctx, app, { ...given, roles: named })
          : { person: await insertActive(ctx, user, { ...given, roles: named }, call.prepared as string, null), link: null };
      call.note({
        target: { id: made.person['id'], name: made.person['name'] },
        changes: { roles: named, teams: given['teams'] ?? [], projects: given['projects'] ?? [], status: made.link === null ? 'active' : 'pending' },
      });
      return { body: await withLink(ctx, made.person['id'], made.link) };
    },
  }),
  action(serviceAccount, {
    name: 'create',
    method: 'POST',
    path: '',
    needs: toCreate,
    writes: true,
    input: create(serviceAccount),
    description: 'Create an account for a machine.',
    run: async (ctx, call) => {
      const given = call.input as Values;
      // A machine gets nothing that nobody named, unless the client cannot name roles at all.
      const fallback = given['roles'] === undefined && given['teams'] === undefined && given['projects'] === undefined ? await roleFor(ctx) : null;
      const row = await insertActive(ctx, serviceAccount, given, null, fallback);
      call.note({ target: { id: row['id'], name: row['name'] }, changes: { roles: row['roles'] } });
      return { body: await get(ctx, serviceAccount, row['id']) };
    },
  }),
  ...lifecycle(app),
  action(user, {
    name: 'owned',
    method: 'GET',
    path: '/{name_or_id}/owned',
    needs: onRow('manage'),
    writes: false,
    description: 'What a person owns and would leave behind.',
    run: async (ctx, { row }) => ({ body: (await owned(ctx, row.id)).map(({ type, count }) => ({ type, count })) }),
  }),
  action(user, {
    name: 'activate',
    method: 'PUT',
    path: '/{name_or_id}/activate',
    needs: open('the activation token is the credential'),
    writes: true,
    input: Type.Object(
      {
        activation_token: Type.String({ minLength: 1, maxLength: 200 }),
        password: Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 4096 }),
        full_name: acceptance.properties.full_name,
        email: acceptance.properties.email,
      },
      { additionalProperties: true },
    ),
    prepare: async (ctx, input) => {
      if (!input['password']) throw new Invalid('password is missing');
      await living(ctx, String(input['activation_token']));
      app.passwords.judge(input['password']);
      return app.passwords.hash(input['password']);
    },
    description: 'The wire’s way of signing up with an activation token.',
    run: async (ctx, call) => {
      const all: Context = { ...ctx, actor: { ...ctx.actor, unlimited: true, id: '' } };
      const row = await find(all, user, call.params['name_or_id'] ?? '', 'read', ['id', 'name']);
      if (row === null) throw new NotFound(DEAD);
      await accept(
        ctx,
        app,
        { token: call.input.activation_token, password: call.input.password, full_name: call.input.full_name, email: call.input.email, password_hash: call.prepared },
        row['id'],
      );
      const actor = await loadActor(ctx.db, row['id'], ctx.now, { via: 'link' });
      call.note({ actor: actor ?? ctx.actor, target: { id: row['id'], name: row['name'] } });
      return { body: await get({ ...ctx, actor: actor ?? ctx.actor }, user, row['id']) };
    },
  }),
];

/** A machine whose maker could not name a role gets developer, or guest where the maker holds no more. */
const roleFor = async (ctx: Context): Promise<string | null> => {
  if (ctx.actor.unlimited || ctx.actor.grants.some((grant) => grant.project_id === null && (grant.permissions.has('write') || grant.role.name === 'developer')))
    return 'developer';
  return ctx.actor.grants.some((grant) => grant.project_id === null && grant.permissions.has('read') && grant.permissions.has('me')) ? 'guest' : null;
};
