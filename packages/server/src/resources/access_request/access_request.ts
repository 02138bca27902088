import { sql } from 'kysely';
import { LEVELS } from '../../access/sharing/levels.ts';
import { mayShare } from '../../access/sharing/judged.ts';
import { later, type Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { computed, datetime, nullable, oneOf, ref, standard, text, uuid, type Alias } from '../../kernel/field.ts';
import { defineResource, derived, type ExtraBranch } from '../../kernel/resource.ts';
import { nameOfTarget } from './target.ts';

/** How long a no stays a no, in seconds. */
const REST = 86_400;

/** A request is seen by whoever made it and by those who may share the thing. Nobody else learns of it, administrators included. */
const parties = (ctx: Context, action: string, t: Alias): readonly ExtraBranch[] => {
  if (action !== 'read' && action !== 'delete') return [];
  const things = mayShare(ctx, t, 'target_type', 'target_id');
  const himself = ctx.actor.id !== '' && (ctx.actor.limit === null || ctx.actor.limit.has('me'));
  return [
    ...(himself ? [{ text: 'asked for it', where: sql`${sql.ref(`${t}.user_id`)} = ${ctx.actor.id}` }] : []),
    ...(things === null ? [] : [{ text: 'may share the thing', where: sql`(${things})` }]),
  ];
};
/** The name of an account that is a party: whoever sees the request may know it. */
const named = (column: string) => (t: Alias) => sql`(select u.name from account as u where u.id = ${sql.ref(`${t}.${column}`)})`;

export const accessRequest = defineResource({
  type: 'access_request',
  path: 'access_requests',
  table: 'access_request',
  label: 'request for access',
  group: 'people',
  description: 'Somebody asks those who may share a thing to share it with him.',
  fields: {
    ...standard(),
    user_id: ref('account', { create: 'never' }),
    user_name: computed<string>('text', named('user_id')),
    mine: computed<boolean>('boolean', (t, ctx) => sql`case when ${sql.ref(`${t}.user_id`)} = ${ctx.actor.id} then 1 else 0 end`),
    target_type: text({ create: 'never' }),
    target_id: uuid({ create: 'never' }),
    level: oneOf(LEVELS, { create: 'never' }),
    note: nullable(text({ create: 'never', max: 2000, filter: false })),
    state: computed<string>(
      'text',
      (t, ctx) =>
        sql`case when ${sql.ref(`${t}.decided`)} is not null then ${sql.ref(`${t}.decided`)} when ${sql.ref(`${t}.expires`)} <= ${ctx.now} then 'expired' else 'pending' end`,
    ),
    decided: nullable(oneOf(['granted', 'declined'], { tier: 'hidden', create: 'never', filter: false })),
    granted_level: nullable(oneOf(LEVELS, { create: 'never' })),
    answer: nullable(text({ create: 'never', max: 2000, filter: false })),
    answered_by: nullable(ref('account', { tier: 'hidden', create: 'never', filter: false })),
    answered_by_name: computed<string | null>('text', named('answered_by')),
    answered_at: nullable(datetime({ create: 'never' })),
    expires: datetime({ create: 'never' }),
  },
  access: { scope: 'parent', owner: null, share: false, also: parties },
  relations: { target_name: derived(nameOfTarget, { tier: 'body', empty: null }) },
  // Asking and answering are judged by the thing: asking.ts declares them.
  without: ['create', 'update'],
  hooks: {
    remove: async (ctx, row): Promise<void> => {
      if (row.user_id !== ctx.actor.id) throw new NotAllowed('Only whoever asked can withdraw a request; grant or decline it instead');
      if (row.decided === 'declined' && row.answered_at! > later(ctx.now, -REST)) throw new NotAllowed('It was declined within the last day; it can be removed tomorrow');
    },
  },
  show: ['user_name', 'target_type', 'target_name', 'level', 'state', 'created'],
});
