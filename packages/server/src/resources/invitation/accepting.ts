// What the holder of a link can do without an account: look at it, and use it once.
import { sql } from 'kysely';
import Type from 'typebox';
import { loadActor } from '../../access/grants.ts';
import { mustHoldAllOf, principalsOf } from '../../access/holding.ts';
import type { App } from '../../app.ts';
import { signIn, wantsCookie } from '../../auth/answer.ts';
import { endSessions } from '../../auth/sessions.ts';
import { hashToken, looksLike } from '../../auth/tokens.ts';
import { touchGrants } from '../../kernel/audit.ts';
import { anonymous, systemActor } from '../../kernel/actor.ts';
import type { Context } from '../../kernel/context.ts';
import { NotAllowed, NotFound } from '../../kernel/errors.ts';
import { operation, open, type Operation, type Values } from '../../kernel/resource.ts';
import { holds } from '../../kernel/visible.ts';
import { loadSettings } from '../../services/settings.ts';
import { judgeEmail, judgeName } from '../account/names.ts';

export const DEAD = 'This link is no longer valid: it has been used, has expired or was revoked. Ask the person who sent it for a new one.';
const token = Type.String({ minLength: 1, maxLength: 200 });
const optional = (max: number) => Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: max }));
export const acceptance = Type.Object(
  { token, password: Type.String({ minLength: 1, maxLength: 4096 }), full_name: optional(255), email: optional(254) },
  { additionalProperties: false },
);

/**
 * The link behind a token and its person. All dead links look the same, in words and in what is done to find out: one indexed read.
 * A link dies with the standing of whoever made it: he must still be active, still be allowed to make it, and hold all that it gives.
 */
export const living = async (ctx: Context, text: string): Promise<{ link: Values; person: Values }> => {
  const row = await ctx.db
    .selectFrom('invitation')
    .selectAll()
    .where('token_hash', '=', hashToken('invite', looksLike('invite', text) ? text : ''))
    .executeTakeFirst();
  if (row === undefined || row['consumed_at'] !== null || row['revoked_at'] !== null || row['expires'] <= ctx.now) throw new NotFound(DEAD);
  const person = await ctx.db.selectFrom('account').selectAll().where('id', '=', row['user_id']).executeTakeFirstOrThrow();
  if ((person['status'] === 'inactive') !== (row['kind'] === 'reactivate') || (row['kind'] === 'invite' && person['status'] !== 'pending')) throw new NotFound(DEAD);
  if (row['invited_by'] !== null) {
    const inviter = await loadActor(ctx.db, row['invited_by'], ctx.now);
    if (inviter === null) throw new NotFound(DEAD);
    const as = { ...ctx, actor: inviter };
    if (!holds(as, 'user:manage', null) && (row['kind'] !== 'invite' || !holds(as, 'user:create', null))) throw new NotFound(DEAD);
    try {
      await mustHoldAllOf(as, await principalsOf(ctx, person['id']), 'invite with these roles');
    } catch (error) {
      throw error instanceof NotAllowed ? new NotFound(DEAD) : error;
    }
  }
  return { link: row, person };
};

const preview = async (ctx: Context, text: string): Promise<unknown> => {
  const { link, person } = await living(ctx, text);
  const inviter =
    link['invited_by'] === null ? undefined : await ctx.db.selectFrom('account').select(['name', 'full_name']).where('id', '=', link['invited_by']).executeTakeFirst();
  const { rows: roles } =
    await sql<Values>`select r.name, r.description, coalesce(p.name, 'server') as scope from role_assignment as a join role as r on r.id = a.role_id left join project as p on p.id = a.project_id
    where a.user_id = ${person['id']} and a.scope <> 'resource' order by a.scope desc, r.name`.execute(ctx.db);
  const teams = await ctx.db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .select('team.name as name')
    .where('account_id', '=', person['id'])
    .orderBy('team.name')
    .execute();
  return {
    kind: link['kind'],
    user_name: person['name'],
    full_name: person['full_name'],
    email: person['email'],
    server_name: (await loadSettings(ctx.db)).server_name,
    inviter: inviter === undefined ? null : { name: inviter['name'], full_name: inviter['full_name'] },
    roles,
    teams: teams.map((row) => row['name']),
    expires: link['expires'],
  };
};

/** Uses a link: the update that consumes it succeeds for one caller only, however many try at once. */
export const accept = async (ctx: Context, app: App, given: Values, person_id?: string): Promise<Values> => {
  const { link, person } = await living(ctx, given['token']);
  if (person_id !== undefined && person['id'] !== person_id) throw new NotFound(DEAD);
  app.passwords.judge(given['password'], [person['name'], given['full_name'] ?? person['full_name'], given['email'] ?? person['email']]);
  judgeEmail(given['email']);
  if (given['email']) judgeName(person['name'], given['email']);
  const { rows } =
    await sql`update invitation set consumed_at = ${ctx.now}, updated = ${ctx.now} where id = ${link['id']} and consumed_at is null and revoked_at is null returning id`.execute(
      ctx.db,
    );
  if (rows.length !== 1) throw new NotFound(DEAD);
  await touchGrants(ctx);
  await ctx.db
    .updateTable('account')
    .set({
      status: 'active',
      password_hash: given['password_hash'],
      password_changed_at: ctx.now,
      updated: ctx.now,
      last_seen: ctx.now,
      ...(given['full_name'] ? { full_name: given['full_name'] } : {}),
      ...(given['email'] ? { email: given['email'] } : {}),
    })
    .where('id', '=', person['id'])
    .execute();
  await endSessions(ctx, person['id']);
  return { ...person, kind: link['kind'] };
};

export const accepting = (app: App): readonly Operation[] => [
  operation({
    name: 'preview',
    method: 'POST',
    path: '/invitations/preview',
    needs: open('the link itself is the credential'),
    writes: false,
    input: Type.Object({ token }, { additionalProperties: false }),
    description: 'What a link is for: who invited, into what, with which roles.',
    run: async (ctx, { input }) => ({ body: await preview({ ...ctx, actor: anonymous }, input.token) }),
  }),
  operation({
    name: 'accept',
    tells_once: true,
    method: 'POST',
    path: '/invitations/accept',
    needs: open('the link itself is the credential'),
    writes: true,
    input: acceptance,
    prepare: async (ctx, input) => {
      await living(ctx, String(input['token']));
      app.passwords.judge(String(input['password']));
      return app.passwords.hash(String(input['password']));
    },
    description: 'Sign up, or set a new password, with a link; answers like a log-in.',
    run: async (ctx, call) => {
      const person = await accept(ctx, app, { ...call.input, password_hash: call.prepared as string });
      const actor = await loadActor(ctx.db, person['id'], ctx.now, { via: 'link' });
      call.note({ actor: actor ?? systemActor('link'), target: { type: 'user', id: person['id'], name: person['name'] }, changes: { link: person['kind'] } });
      return signIn(ctx, app, person['id'], { cookie: wantsCookie(call.headers), label: person['kind'] === 'invite' ? 'sign-up' : 'new password' });
    },
  }),
];
