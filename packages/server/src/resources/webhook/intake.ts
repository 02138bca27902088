// Events that others send: believed when they are signed with the webhook's secret, kept, and left for the dispatcher.
import type { App } from '../../app.ts';
import { about, record } from '../../kernel/audit.ts';
import { inTransaction, newId, type Context } from '../../kernel/context.ts';
import { judgeDocument } from '../../kernel/document.ts';
import { Conflict, NotFound, Refused, Unavailable, ZendoError } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { open, operation, type Operation, type Reply, type Values } from '../../kernel/resource.ts';
import { systemActor } from '../../kernel/actor.ts';
import { count, countDoubt, mayReceive, openSecret } from './keeping.ts';
import { providers } from './providers/index.ts';
import type { Delivery, Headers, Provider } from './providers/provider.ts';
import { webhook } from './webhook.ts';

const LONGEST_ID = 255;
/** The document that a body holds, and the text that says it. Throws Refused. */
const documentIn = (body: Buffer): { readonly document: Values; readonly text: string } => {
  try {
    // Without the mark that may stand before it: what is kept must be read again by whoever knows nothing of such marks.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const document: unknown = JSON.parse(text);
    if (document === null || typeof document !== 'object' || Array.isArray(document)) throw new Refused('The body is no JSON object');
    judgeDocument(document);
    return { document: document as Values, text };
  } catch (error) {
    throw error instanceof ZendoError ? new Refused(error.message) : new Refused('The body is no JSON');
  }
};

/** What becomes of an event that is signed. Throws Unavailable where there are too many, Conflict where none are wanted. */
const taking =
  (app: App) =>
  async (ctx: Context, row: Values, unsigned: Reply, provider: Provider, body: Buffer, headers: Headers): Promise<Reply> => {
    const id = row['id'] as string;
    const now = await ctx.db.selectFrom('webhook').select(['secret', 'active']).where('id', '=', id).executeTakeFirst();
    // A secret that was replaced in the meantime is dead.
    if (now === undefined || now['secret'] !== row['secret']) return unsigned;
    // Counted only for those who can sign: nobody else uses up what a sender may send.
    const most = app.config.webhook_events_per_minute;
    if (!(await mayReceive(ctx, id, most))) throw new Unavailable(`This webhook takes ${most} events in a minute`, 429, 60 - Number(ctx.now.slice(17, 19)));
    if (Number(now['active']) !== 1) throw new Conflict('The webhook is switched off');
    let [delivery, text]: [Delivery, string] = [{ event: null, status: 400 }, ''];
    try {
      const found = documentIn(body);
      [delivery, text] = [provider.read(found.document, headers), found.text];
      if ((delivery.event?.delivery_id ?? '').length > LONGEST_ID || (delivery.event?.event_type ?? '').length > LONGEST_ID)
        throw new Refused(`Kinds and ids of events have at most ${LONGEST_ID} characters`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await count(ctx, id, 'invalid_payload', error.message);
      return { status: 400, body: { detail: error.message } };
    }
    await count(ctx, id, 'accepted');
    const answer: Reply = { status: delivery.status, body: delivery.body ?? null };
    if (delivery.event === null) return answer;
    const { event_type, delivery_id = null } = delivery.event;
    const kept = { webhook_id: id, delivery_id: delivery_id ?? newId(), created: ctx.now, event_type, body: text };
    const done = await ctx.db
      .insertInto('webhook_event')
      .values(kept)
      .onConflict((conflict) => conflict.columns(['webhook_id', 'delivery_id']).doNothing())
      .executeTakeFirst();
    // Senders repeat what they think was lost, and others what they overheard: it is done once.
    if (Number(done.numInsertedOrUpdatedRows ?? 0n) === 0) return answer;
    await ctx.db.insertInto('pending_dispatch').values({ id: newId(), created: ctx.now, kind: 'webhook', subject_id: id, detail: kept.delivery_id }).execute();
    const changes = { event_type, delivery_id: kept.delivery_id };
    await record({ ...ctx, actor: systemActor('webhook') }, { action: 'receive', ...about(webhook, row), changes });
    return answer;
  };

export const intake = (app: App): Operation => {
  const take = taking(app);
  return operation({
    name: 'receive',
    method: 'POST',
    path: '/webhooks/{webhook_type}/{webhook_id}/events',
    needs: open('the sender proves by a signature that he has the webhook’s secret'),
    // Most of what arrives here may be noise: only what is believed is kept, in a transaction of its own.
    writes: false,
    raw: true,
    description: 'Take an event from outside. It must be signed as its kind of webhook asks.',
    run: async (ctx, { params, headers, rawBody }): Promise<Reply> => {
      const type = params['webhook_type'] ?? '';
      const id = canonicalUuid(params['webhook_id'] ?? '');
      const provider = Object.hasOwn(providers, type) ? providers[type] : undefined;
      const row = provider === undefined || id === null ? undefined : await ctx.db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst();
      if (provider === undefined || id === null || row === undefined || row['webhook_type'] !== type) throw new NotFound('There is no such webhook');
      const body = rawBody ?? Buffer.alloc(0);
      const doubt = provider.doubt(body, headers, openSecret(ctx, row), ctx.now);
      const unsigned: Reply = { status: 401, body: { detail: 'The signature is missing or wrong' } };
      if (doubt === null) return inTransaction(ctx, (inside) => take(inside, row, unsigned, provider, body, headers));
      await countDoubt(ctx, id, doubt);
      return unsigned;
    },
  });
};
