// Events that others send: believed when they are signed with the webhook's secret, kept, and left for the dispatcher.
import type { App } from '../../app.ts';
import { newId } from '../../kernel/context.ts';
import { Conflict, NotFound, Refused, Unavailable } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { open, operation, type Operation, type Reply, type Values } from '../../kernel/resource.ts';
import { systemActor } from '../../kernel/actor.ts';
import { count, mayReceive, openSecret } from './keeping.ts';
import { providers } from './providers/index.ts';

const LONGEST_ID = 255;
/** The document that a body holds. Throws Refused. */
const documentIn = (body: Buffer): Values => {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refused('The body is no JSON');
  }
  if (document === null || typeof document !== 'object' || Array.isArray(document)) throw new Refused('The body is no JSON object');
  if (JSON.stringify(document).includes('\\u0000')) throw new Refused('The body holds the NUL character, which cannot be stored');
  return document as Values;
};

export const intake = (app: App): Operation =>
  operation({
    name: 'receive',
    method: 'POST',
    path: '/webhooks/{webhook_type}/{webhook_id}/events',
    needs: open('the sender proves by a signature that he has the webhook’s secret'),
    writes: true,
    raw: true,
    description: 'Take an event from outside. It must be signed as its kind of webhook asks.',
    run: async (ctx, { params, headers, rawBody, note }): Promise<Reply> => {
      const type = params['webhook_type'] ?? '';
      const id = canonicalUuid(params['webhook_id'] ?? '');
      const provider = Object.hasOwn(providers, type) ? providers[type] : undefined;
      const row = provider === undefined || id === null ? undefined : await ctx.db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst();
      if (provider === undefined || id === null || row === undefined || row['webhook_type'] !== type) throw new NotFound('There is no such webhook');
      const refused = async (status: number, outcome: 'auth_failed' | 'invalid_payload', why: string): Promise<Reply> => {
        await count(ctx, id, outcome, why);
        return { status, body: { detail: outcome === 'auth_failed' ? 'The signature is missing or wrong' : why } };
      };
      const body = rawBody ?? Buffer.alloc(0);
      const doubt = provider.doubt(body, headers, openSecret(ctx, row), ctx.now);
      if (doubt !== null) return refused(401, 'auth_failed', doubt);
      // Counted only for those who can sign: nobody else uses up what a sender may send.
      const most = app.config.webhook_events_per_minute;
      if (!(await mayReceive(ctx, id, most))) throw new Unavailable(`This webhook takes ${most} events in a minute`, 429, 60 - Number(ctx.now.slice(17, 19)));
      if (Number(row['active']) !== 1) throw new Conflict('The webhook is switched off');
      let delivery;
      try {
        delivery = provider.read(documentIn(body), headers);
        if ((delivery.event?.delivery_id ?? '').length > LONGEST_ID || (delivery.event?.event_type ?? '').length > LONGEST_ID)
          throw new Refused(`Kinds and ids of events have at most ${LONGEST_ID} characters`);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return refused(400, 'invalid_payload', error.message);
      }
      await count(ctx, id, 'accepted');
      const answer: Reply = { status: delivery.status, body: delivery.body ?? null };
      if (delivery.event === null) return { ...answer, idle: true };
      const { event_type, delivery_id = null } = delivery.event;
      const kept = { webhook_id: id, delivery_id: delivery_id ?? newId(), created: ctx.now, event_type, body: body.toString('utf8') };
      const done = await ctx.db
        .insertInto('webhook_event')
        .values(kept)
        .onConflict((conflict) => conflict.columns(['webhook_id', 'delivery_id']).doNothing())
        .executeTakeFirst();
      // Senders repeat what they think was lost, and others what they overheard: it is done once.
      if (Number(done.numInsertedOrUpdatedRows ?? 0n) === 0) return { ...answer, idle: true };
      await ctx.db.insertInto('pending_dispatch').values({ id: newId(), created: ctx.now, kind: 'webhook', subject_id: id, detail: kept.delivery_id }).execute();
      note({ target: { type: 'webhook', id, name: row['name'] }, changes: { event_type, delivery_id: kept.delivery_id }, actor: systemActor('webhook') });
      return answer;
    },
  });
