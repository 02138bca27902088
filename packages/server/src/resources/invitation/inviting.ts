// Inviting people and giving them new links.
import { sql } from 'kysely';
import Type from 'typebox';
import { join } from '../../access/assign.ts';
import { mustHoldAllOf, principalsOf } from '../../access/holding.ts';
import type { App } from '../../app.ts';
import { quietly, type Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { action, onRow, toCreate, type Operation, type Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { loadSettings } from '../../services/settings.ts';
import { user } from '../account/account.ts';
import { joining, seconds } from '../account/inputs.ts';
import { invitation } from './invitation.ts';
import { lifetime, makeLink, type Link } from './links.ts';

const textOrNull = (max: number) => Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: max }));
const input = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255 }), full_name: textOrNull(255), email: textOrNull(254), note: textOrNull(1000), expires_in: seconds, ...joining },
  { additionalProperties: false },
);
const renewal = Type.Object({ expires_in: seconds }, { additionalProperties: false });

/** A pending person with roles, teams and a link, in one transaction. */
export const invite = async (ctx: Context, app: App, given: Values): Promise<{ person: Values; link: Link; roles: readonly string[] }> => {
  const seconds = await lifetime(ctx, app, given['expires_in']);
  const person = await insert(
    quietly(ctx),
    { ...user, hooks: { ...user.hooks, create: (c, i) => user.hooks!.create!(c, { ...i, status: 'pending' }) } },
    pick(given, ['name', 'full_name', 'email', 'email_opted_in', 'user_metadata', 'external_user_id', 'avatar_url']),
  );
  const elsewhere = (given['projects']?.length ?? 0) > 0;
  const roles = await join(quietly(ctx), person['id'], given, elsewhere && given['roles'] === undefined ? null : (await loadSettings(ctx.db)).default_role);
  return { person, roles, link: await makeLink(ctx, app, 'invite', person['id'], seconds, given['note'] ?? null) };
};
export const pick = (given: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));

/** The invitation with its link: told this once. */
const told = async (ctx: Context, link: Link): Promise<unknown> => {
  const envelope = await get(ctx, invitation, link.id);
  return { ...envelope, body: { ...envelope.body, token: link.token, url: link.url } };
};

export const inviting = (app: App): readonly Operation[] => [
  action(invitation, {
    name: 'create',
    tells_once: true,
    method: 'POST',
    path: '',
    needs: toCreate,
    writes: true,
    input,
    description: 'Invite a person: creates the pending user and a one-time link.',
    run: async (ctx, call) => {
      const { person, link, roles } = await invite(ctx, app, call.input);
      call.note({
        target: { type: 'user', id: person['id'], name: person['name'] },
        changes: { invited: true, roles, teams: call.input['teams'] ?? [], projects: call.input['projects'] ?? [], expires: link.expires },
      });
      return { body: await told(ctx, link) };
    },
  }),
  action(invitation, {
    name: 'renew',
    tells_once: true,
    method: 'POST',
    path: '/{id}/renew',
    needs: onRow('update'),
    writes: true,
    input: renewal,
    description: 'Give a pending person a new link; the old one is dead.',
    run: async (ctx, call) => {
      const row = await ctx.db.selectFrom('account').select(['id', 'name', 'status']).where('id', '=', call.row.user_id).executeTakeFirstOrThrow();
      if (call.row.kind === 'invite' && row['status'] !== 'pending') throw new NotAllowed(`'${row['name']}' has signed up already; reset the password instead`);
      await mustHoldAllOf(ctx, await principalsOf(ctx, row['id']), `renew the link of '${row['name']}'`);
      const link = await makeLink(ctx, app, call.row.kind as 'invite', row['id'], await lifetime(ctx, app, call.input['expires_in'] as number | null), call.row.note);
      call.note({ target: { id: link.id, name: row['name'] }, changes: { renewed: call.row.id, expires: link.expires } });
      return { body: await told(ctx, link) };
    },
  }),
  action(invitation, {
    name: 'revoke',
    method: 'DELETE',
    path: '/{id}',
    needs: onRow('delete'),
    writes: true,
    description: 'Make a link useless.',
    run: async (ctx, { row, note }) => {
      const done =
        await sql`update invitation set revoked_at = ${ctx.now}, updated = ${ctx.now} where id = ${row.id} and consumed_at is null and revoked_at is null`.execute(
          ctx.db,
        );
      if (Number(done.numAffectedRows ?? 0n) === 0) throw new NotAllowed(`This link is ${row.state} already`);
      note({ target: { name: row.user_name } });
      return { body: null };
    },
  }),
];
