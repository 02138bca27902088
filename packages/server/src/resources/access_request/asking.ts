// Asking for access, and answering. What is asked for may be hidden from whoever asks, or not be there: he cannot tell which.
import { sql } from 'kysely';
import Type from 'typebox';
import { endOf, shareAt, shareeOf } from '../../access/sharing/shares.ts';
import { actionsOn, levelNamed, levelOf, LEVELS, nameOf, shareable, thingFor, type Level } from '../../access/sharing/levels.ts';
import { later, newId, type Context } from '../../kernel/context.ts';
import { Conflict, Invalid, Refused, Unavailable } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { find } from '../../kernel/find.ts';
import { authorize } from '../../kernel/refusal.ts';
import { action, signedIn, type Operation, type Resource, type Values } from '../../kernel/resource.ts';
import { get } from '../../kernel/verbs/get.ts';
import { lockRows } from '../run/situation.ts';
import { accessRequest } from './access_request.ts';

const DAY = 86_400;
/** How long a request waits for an answer; how many one may have waiting, and make in a day; how soon one may ask again after a no. */
const WAITS = 14 * DAY;
const [WAITING, A_DAY] = [20, 40];

const text = (max: number) => Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: max }));
const rank = (level: string): number => (LEVELS as readonly string[]).indexOf(level);

/**
 * Throws Unavailable (too often) where somebody asks more than a person does. The limits look at what he asked, never at what is there;
 * what he took back counts too, and what he said anew.
 */
const judgeOften = async (ctx: Context, type: string, id: string, anew: boolean): Promise<void> => {
  const since = later(ctx.now, -DAY);
  const { rows } = await sql<{ waiting: number; today: number; declined: number }>`select
      coalesce(sum(case when r.decided is null and r.expires > ${ctx.now} then 1 else 0 end), 0) as waiting,
      (select count(*) from audit_event as e where e.actor_id = ${ctx.actor.id} and e.created > ${since} and e.target_type = 'access_request' and e.action = 'create' and e.outcome = 'success') as today,
      coalesce(sum(case when r.decided = 'declined' and r.answered_at > ${since} and r.target_type = ${type} and r.target_id = ${id} then 1 else 0 end), 0) as declined
    from access_request as r where r.user_id = ${ctx.actor.id}`.execute(ctx.db);
  const { waiting, today, declined } = rows[0]!;
  if (Number(declined) > 0) throw new Unavailable('This was declined within the last day; ask the person, or again tomorrow', 429, DAY);
  if (!anew && Number(waiting) >= WAITING) throw new Unavailable(`${WAITING} requests of yours wait for an answer; withdraw one, or wait`, 429, 3600);
  if (Number(today) >= A_DAY) throw new Unavailable(`You have made ${A_DAY} requests today; go on tomorrow`, 429, DAY);
};

const pendingOf = (ctx: Context, type: string, id: string): Promise<Values | undefined> =>
  ctx.db
    .selectFrom('access_request')
    .select('id')
    .where('user_id', '=', ctx.actor.id)
    .where('target_type', '=', type)
    .where('target_id', '=', id)
    .where('decided', 'is', null)
    .where('expires', '>', ctx.now)
    .executeTakeFirst();

/** The id that is asked for; of what the caller may read he may also say the name. Throws Refused where he can do that already. */
const asked = async (ctx: Context, resource: Resource, said: string, level: Level): Promise<string> => {
  const seen = await find(ctx, { ...resource, by_name: resource.by_name === true }, said, 'read', ['id', 'name']);
  if (seen === null) {
    const id = canonicalUuid(said);
    if (id === null) throw new Invalid(`'${said.slice(0, 100)}' is no id: a UUID stands there, as in a link`);
    return id;
  }
  const mine = levelOf(await actionsOn(ctx, resource, seen['id']));
  if (mine !== null && rank(mine) >= rank(level)) throw new Refused(`You may ${mine} the ${resource.label} '${nameOf(seen)}' already`);
  return seen['id'] as string;
};

const ask = action(accessRequest, {
  name: 'create',
  method: 'POST',
  path: '',
  needs: signedIn('anybody may ask; the answer does not tell whether what is asked for is there'),
  writes: true,
  input: Type.Object(
    { type: Type.String({ maxLength: 100 }), id: Type.String({ minLength: 1, maxLength: 255 }), level: text(10), note: text(2000) },
    { additionalProperties: false },
  ),
  description: 'Ask those who may share a thing to share it with you.',
  run: async (ctx, { input, note }) => {
    if (ctx.actor.id === '') throw new Refused('In local mode there is nobody to ask');
    const resource = shareable(ctx, input.type);
    const level = levelNamed(input.level ?? 'view');
    const target_id = await asked(ctx, resource, input.id, level);
    // One after the other: several at once would each find room.
    await lockRows(ctx, 'account', { id: ctx.actor.id });
    const known = await pendingOf(ctx, resource.type, target_id);
    await judgeOften(ctx, resource.type, target_id, known !== undefined);
    const id = (known?.['id'] as string | undefined) ?? newId();
    const said = { level, note: input.note ?? null, updated: ctx.now, expires: later(ctx.now, WAITS) };
    if (known === undefined) {
      await ctx.db
        .insertInto('access_request')
        .values({ id, created: ctx.now, user_id: ctx.actor.id, target_type: resource.type, target_id, ...said })
        .execute();
    } else await ctx.db.updateTable('access_request').set(said).where('id', '=', id).execute();
    // Not what was asked for: that would tell the readers of the log of private things.
    note({ target: { id }, changes: { type: resource.type, level } });
    return { body: await get(ctx, accessRequest, id) };
  },
});

/** A request that waits, for whoever may share what it asks for; locked. Throws NotFound, NotAllowed, Conflict. */
const waiting = async (ctx: Context, id: string) => {
  const row = await authorize(ctx, accessRequest, id, 'read');
  const thing = await thingFor(ctx, row['target_type'], row['target_id'], 'share');
  if (row['state'] !== 'pending') throw new Conflict(`This request is ${row['state']} already`);
  return { row, thing };
};
const decide = async (ctx: Context, id: string, values: Values): Promise<void> => {
  await ctx.db
    .updateTable('access_request')
    .set({ ...values, answered_by: ctx.actor.id || null, answered_at: ctx.now, updated: ctx.now })
    .where('id', '=', id)
    .execute();
};
const needs = signedIn('share on what is asked for decides');

const grant = action(accessRequest, {
  name: 'grant_access',
  method: 'POST',
  path: '/{id}/grant',
  needs,
  writes: true,
  input: Type.Object({ level: text(10), expires: text(40), note: text(2000) }, { additionalProperties: false }),
  description: 'Share what was asked for, at the level that was asked for or a lower one.',
  run: async (ctx, { params, input, note }) => {
    const { row, thing } = await waiting(ctx, params['id'] ?? '');
    const level = levelNamed(input.level ?? row['level']);
    if (rank(level) > rank(row['level'])) throw new Invalid(`Only ${row['level']} was asked for; share it yourself to give more`);
    const sharee = await shareeOf({ ...ctx, actor: { ...ctx.actor, unlimited: true } }, { user: row['user_id'] }, thing.row);
    await shareAt(ctx, thing, sharee, level, endOf(ctx, input.expires));
    await decide(ctx, row['id'], { decided: 'granted', granted_level: level, answer: input.note ?? null });
    note({ target: { type: thing.resource.type, id: thing.row['id'], name: nameOf(thing.row) }, changes: { shared: { with: sharee.name, level }, request: row['id'] } });
    return { body: await get(ctx, accessRequest, row['id']) };
  },
});

const decline = action(accessRequest, {
  name: 'decline_access',
  method: 'POST',
  path: '/{id}/decline',
  needs,
  writes: true,
  input: Type.Object({ note: text(2000) }, { additionalProperties: false }),
  description: 'Say no to a request for access.',
  run: async (ctx, { params, input, note }) => {
    const { row, thing } = await waiting(ctx, params['id'] ?? '');
    await decide(ctx, row['id'], { decided: 'declined', answer: input.note ?? null });
    note({ target: { type: thing.resource.type, id: thing.row['id'], name: nameOf(thing.row) }, changes: { declined: row['user_name'], request: row['id'] } });
    return { body: await get(ctx, accessRequest, row['id']) };
  },
});

export const accessRequests: readonly Operation[] = [ask, grant, decline];
