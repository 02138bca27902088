import { sql } from 'kysely';
import Type from 'typebox';
import { heritage, issue } from '../../auth/sessions.ts';
import { covers } from '../../kernel/actor.ts';
import { secondsBetween } from '../../kernel/context.ts';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { computed, datetime, json, nullable, oneOf, ref, standard, text, uuid } from '../../kernel/field.ts';
import { defineResource, operation, signedIn, type Operation } from '../../kernel/resource.ts';
import { get } from '../../kernel/verbs/get.ts';

/** Log-ins and personal tokens. One's own, or those of people or of service accounts, for those who manage these. */
export const session = defineResource({
  type: 'session',
  path: 'sessions',
  table: 'session',
  label: 'session',
  group: 'people',
  fields: {
    ...standard(),
    user_id: ref('account', { create: 'never' }),
    kind: oneOf(['browser', 'access', 'device', 'workload', 'personal'], { create: 'never' }),
    label: text({ create: 'never' }),
    ip: text({ create: 'never' }),
    user_agent: text({ create: 'never' }),
    last_used: nullable(datetime({ create: 'never' })),
    expires: nullable(datetime({ create: 'never' })),
    permissions: nullable(json<readonly string[]>({ create: 'never' })),
    current: computed<boolean>('boolean', (t, ctx) => sql`case when ${sql.ref(`${t}.id`)} = ${ctx.actor.session_id ?? ''} then 1 else 0 end`, { filter: false }),
    token_hash: text({ tier: 'hidden', create: 'never', filter: false, secret: true }),
    device_id: nullable(uuid({ tier: 'hidden', create: 'never', filter: false })),
    api_key_id: nullable(uuid({ tier: 'hidden', create: 'never', filter: false })),
    claims: nullable(json({ tier: 'hidden', create: 'never' })),
  },
  access: {
    scope: 'parent',
    owner: 'user_id',
    share: false,
    parents: ['user', 'service_account'].map((type) => ({ type, by: 'user_id', needs: { read: 'manage', delete: 'manage', update: 'manage' } })),
  },
  relations: { user: { kind: 'one', tier: 'resources', type: 'account', by: 'user_id' } },
  without: ['create', 'update'],
  show: ['kind', 'label', 'ip', 'last_used', 'expires'],
});

const DAY = 86_400;
const input = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255 }),
    expires_in: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 60, maximum: 3650 * DAY })),
    permissions: Type.Optional(Type.Unsafe<readonly string[] | null>({ type: ['array', 'null'], items: { type: 'string' }, minItems: 1, maxItems: 500 })),
  },
  { additionalProperties: false },
);

export const tokens: readonly Operation[] = [
  operation({
    name: 'create_token',
    tells_once: true,
    method: 'POST',
    path: '/tokens',
    needs: signedIn('a token acts as its maker and can do no more'),
    writes: true,
    input,
    description: 'Make a personal token; it may be limited to some permissions and in time.',
    run: async (ctx, call) => {
      if (ctx.actor.kind === 'local') throw new Invalid('Local mode has no log-in and needs no tokens');
      const wanted = call.input.permissions ?? (ctx.actor.limit === null ? null : [...ctx.actor.limit]);
      const unknown = (wanted ?? []).find((name) => !ctx.registry.permissions.some((permission) => permission.name === name));
      if (unknown !== undefined) throw new Invalid(`There is no permission '${unknown}'; GET /permissions lists them all`);
      // A limited token cannot make a wider one.
      const { limit } = ctx.actor;
      const wider = limit === null ? undefined : (wanted ?? []).find((name) => !limit.has(name) && !(name.includes(':') && covers(limit, name)));
      if (wider !== undefined) throw new NotAllowed(`This token is limited and cannot make one with ${wider}`, wider);
      const from = await heritage(ctx);
      if (from.claims !== null) throw new NotAllowed('The token of a run ends with the run and makes no others');
      // A log-in may make a token that outlives it; a token may not, nor what was opened with an API key its key.
      const left = from.kind === 'personal' && from.expires !== null ? secondsBetween(ctx.now, from.expires) : Infinity;
      const seconds = Math.min(call.input.expires_in ?? Infinity, left);
      const made = await issue(ctx, ctx.actor.id, 'personal', {
        label: call.input.name,
        hours: seconds === Infinity ? null : seconds / 3600,
        permissions: wanted,
        api_key_id: from.api_key_id,
      });
      call.note({ target: { type: 'session', id: made.id, name: call.input.name }, changes: { permissions: wanted, expires: made.expires } });
      const envelope = await get(ctx, session, made.id);
      return { body: { ...envelope, body: { ...envelope.body, token: made.token } } };
    },
  }),
];
