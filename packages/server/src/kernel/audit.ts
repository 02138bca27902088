// Knows: the record that every write leaves: one audit row, one event, in its own transaction. Must not know: any resource.
import { sql, type Kysely } from 'kysely';
import { newId, type Context, type Tables } from './context.ts';
import type { Resource, Values } from './resource.ts';

export interface Act {
  readonly action: string;
  readonly target_type: string | null;
  readonly target_id?: string | null;
  readonly target_name?: string | null;
  readonly project_id?: string | null;
  readonly changes?: unknown;
}

const LONG = 500;
const shown = (value: unknown): unknown => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text !== undefined && text.length > LONG ? `${text.slice(0, LONG)}…` : value;
};

/** A private row is private from those who read the audit log, too: that it changed is told, not what it holds. */
const closed = (row: Values | null): boolean => row !== null && (row['private'] === true || row['private'] === 1);

/** The row that an act is about, as the audit log names it. */
export const about = (resource: Resource, row: Values): Pick<Act, 'target_type' | 'target_id' | 'target_name' | 'project_id'> =>
  ({ target_type: resource.type, target_id: row['id'], target_name: closed(row) ? null : row['name'], project_id: row['project_id'] });

/** What changed, field by field, before and after; of secret fields and private rows only the names of the fields. */
export const difference = (resource: Resource, before: Values | null, after: Values): Values =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => name !== 'id' && name !== 'updated' && name !== 'created'
    && resource.fields[name]?.value === undefined && JSON.stringify(before?.[name] ?? null) !== JSON.stringify(value ?? null))
    .map(([name, value]) => {
      if (resource.fields[name]?.secret === true) return [name, { secret: true }];
      if (closed(before) || closed(after)) return [name, { private: true }];
      return [name, before === null ? { after: shown(value) } : { before: shown(before[name] ?? null), after: shown(value) }];
    }));

const row = (ctx: Context, act: Act, outcome: 'success' | 'denied', reason: string | null): Values => ({
  id: newId(), created: ctx.now, updated: ctx.now, actor_kind: ctx.actor.kind, actor_id: ctx.actor.id === '' ? null : ctx.actor.id, actor_name: ctx.actor.name, via: ctx.actor.via,
  session_id: ctx.actor.session_id, ip: ctx.request.ip, user_agent: ctx.request.user_agent.slice(0, 255), request_id: ctx.request.id,
  action: act.action, target_type: act.target_type, target_id: act.target_id ?? null, target_name: act.target_name ?? null, project_id: act.project_id ?? null,
  outcome, reason, changes: act.changes === undefined ? null : JSON.stringify(act.changes),
});

/** Writes the audit row and the event of a write that is about to be committed. */
export const record = async (ctx: Context, act: Act): Promise<void> => {
  if (ctx.quiet === true) return;
  const audit = row(ctx, act, 'success', null);
  await ctx.db.insertInto('audit_event').values(audit).execute();
  await ctx.db.insertInto('outbox').values({ id: audit['id'], created: ctx.now, type: act.target_type, action: act.action, target_id: act.target_id ?? null, project_id: act.project_id ?? null }).execute();
};

/**
 * Records a refused attempt, in a transaction of its own since the attempt's was undone. Only known callers are recorded. Inside a
 * transaction nothing is: what is undone there is a part of something larger, and waiting for the one writer would never end.
 */
export const recordDenial = async (ctx: Context, act: Act, reason: string): Promise<void> => {
  if (ctx.actor.id === '' || ctx.in_transaction) return;
  await ctx.database.transaction((tx: Kysely<Tables>) => tx.insertInto('audit_event').values(row(ctx, act, 'denied', reason)).execute().then(() => undefined));
};

/** Whose rights may have changed: a version that grows in the transaction that changes them, and locks others out of it. */
export const touchGrants = async (ctx: Context): Promise<void> => {
  await sql`update authz_version set version = version + 1`.execute(ctx.db);
};
