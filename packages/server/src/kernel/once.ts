// Knows: how a write that arrives twice is done once (wire.md 10.6): its answer is kept in the transaction of the write.
// Must not know: HTTP, or what the answer means.
import { sql } from 'kysely';
import { later, type Context } from './context.ts';

/** How long an answer is kept, in seconds. */
const KEPT = 300;

/** The same write has been done already; `answer` is what it answered. */
export class DoneAlready extends Error {
  readonly answer: string;
  constructor(answer: string) {
    super('This request has been carried out already');
    this.answer = answer;
  }
}

const kept = async (ctx: Context, once: NonNullable<Context['once']>): Promise<{ target: string; answer: string } | undefined> =>
  (await ctx.db
    .selectFrom('idempotency')
    .select(['target', 'answer'])
    // Whoever's rights may have changed since is asked anew.
    .where('version', '=', sql<number>`(select version from authz_version)`)
    .where('key', '=', once.key)
    .where('user_id', '=', ctx.actor.id)
    .where('expires', '>', ctx.now)
    .executeTakeFirst()) as { target: string; answer: string } | undefined;

/** The answer that the same caller got for the same request within the last five minutes; null for a new one. */
export const recall = async (ctx: Context): Promise<string | null> => {
  if (ctx.once === undefined) return null;
  const found = await kept(ctx, ctx.once);
  return found?.target === ctx.once.target ? found.answer : null;
};

/** Keeps the answer of a write inside its transaction. Throws DoneAlready where another request was faster: what this one did is undone. */
export const remember = async (ctx: Context, body: unknown): Promise<void> => {
  const { once } = ctx;
  if (once === undefined || ctx.quiet === true) return;
  await ctx.db.deleteFrom('idempotency').where('expires', '<=', ctx.now).execute();
  const row = {
    key: once.key,
    user_id: ctx.actor.id,
    target: once.target,
    answer: JSON.stringify(body ?? null),
    version: sql`(select version from authz_version)`,
    expires: later(ctx.now, KEPT),
  };
  const done = await ctx.db
    .insertInto('idempotency')
    .values(row)
    .onConflict((conflict) => conflict.columns(['key', 'user_id']).doNothing())
    .executeTakeFirst();
  if (Number(done.numInsertedOrUpdatedRows ?? 0n) === 1) return;
  const found = await kept(ctx, once);
  // The same key for another request is no error: that one is simply not kept.
  if (found?.target === once.target) throw new DoneAlready(found.answer);
};
