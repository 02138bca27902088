// What is kept with a webhook: its sealed secret, its counts, the events that came.
import { sql } from 'kysely';
import type { Context, Place } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { derived, type Values } from '../../kernel/resource.ts';

const place = (id: string): Place => ({ table: 'webhook', column: 'secret', id });
/** The secret as it is stored. */
export const sealSecret = (ctx: Context, id: string, secret: string): Promise<string> => ctx.sealing.seal(ctx, place(id), secret);
export const openSecret = (ctx: Context, row: Values): string => ctx.sealing.open(place(row['id']), row['secret']);

const COUNTS = ['received_count', 'accepted_count', 'auth_failed_count', 'invalid_payload_count'] as const;
const NONE: Values = {
  ...Object.fromEntries(COUNTS.map((name) => [name, 0])),
  last_received_at: null,
  last_accepted_at: null,
  last_error_at: null,
  last_error_summary: null,
};
export const statsOf = derived(
  async (ctx, rows) => {
    const found = await sql<Values>`select * from webhook_stats where webhook_id in (${sql.join(rows.map((row) => row.id))})`.execute(ctx.db);
    return new Map(
      found.rows.map((row) => [
        row['webhook_id'],
        Object.fromEntries(Object.keys(NONE).map((name) => [name, COUNTS.includes(name as never) ? Number(row[name]) : row[name]])),
      ]),
    );
  },
  { empty: NONE, tier: 'metadata' },
);

/** Nothing has come yet. */
export const beginStats = async (ctx: Context, webhook_id: string): Promise<void> => {
  await ctx.db
    .insertInto('webhook_stats')
    .values({ webhook_id, ...NONE, window: '', in_window: 0 })
    .execute();
};

/** Counts an event; false where more came within this minute than are taken. Such ones are not counted. */
export const mayReceive = async (ctx: Context, webhook_id: string, most: number): Promise<boolean> => {
  const minute = ctx.now.slice(0, 16);
  const { rows } = await sql<{
    in_window: number;
  }>`insert into webhook_stats (webhook_id, received_count, accepted_count, auth_failed_count, invalid_payload_count, "window", in_window)
    values (${webhook_id}, 0, 0, 0, 0, ${minute}, 1)
    on conflict (webhook_id) do update set in_window = case when webhook_stats."window" = ${minute} then webhook_stats.in_window + 1 else 1 end, "window" = ${minute}
    returning in_window`.execute(ctx.db);
  return Number(rows[0]!.in_window) <= most;
};

/** Adds what became of an event, or of so many. `error` says why it was not taken. */
export const count = async (
  ctx: Context,
  webhook_id: string,
  outcome: 'accepted' | 'auth_failed' | 'invalid_payload',
  error: string | null = null,
  times = 1,
): Promise<void> => {
  const column = sql.ref(`${outcome}_count`);
  await sql`update webhook_stats set received_count = received_count + ${times}, last_received_at = ${ctx.now}, ${column} = ${column} + ${times}
    ${outcome === 'accepted' ? sql`, last_accepted_at = ${ctx.now}` : sql`, last_error_at = ${ctx.now}, last_error_summary = ${error}`} where webhook_id = ${webhook_id}`.execute(
    ctx.db,
  );
};

const DOUBTS_A_SECOND = 20;
const doubts = new Map<string, { second: string; written: number; held: number }>();
/** Counts what nobody signed. Whoever knows the address could send any number: beyond a few in a second they are counted with the next one. */
export const countDoubt = async (ctx: Context, webhook_id: string, why: string): Promise<void> => {
  const before = doubts.get(webhook_id);
  const second = ctx.now.slice(0, 19);
  const known = before?.second === second ? before : { second, written: 0, held: before?.held ?? 0 };
  if (known.written < DOUBTS_A_SECOND) {
    const times = known.held + 1;
    doubts.set(webhook_id, { second, written: known.written + 1, held: 0 });
    await ctx.database.transaction((tx) => count({ ...ctx, db: tx }, webhook_id, 'auth_failed', why, times));
  } else doubts.set(webhook_id, { ...known, held: known.held + 1 });
};

/** A webhook that triggers listen to stays; what is archived forgets it. Throws NotAllowed. */
export const beforeWebhookRemove = async (ctx: Context, row: Values): Promise<void> => {
  const live = await ctx.db.selectFrom('run_trigger').select('id').where('webhook_id', '=', row['id']).where('is_archived', '=', 0).limit(1).execute();
  if (live.length > 0) throw new NotAllowed('Triggers listen to this webhook; remove or archive them first');
};
