// Knows: the record that every write leaves: one audit row, one event, in its own transaction. Must not know: any resource.
import { sql, type Kysely } from 'kysely';
import { closed, closedById, isPrivate } from './closed.ts';
import { newId, type Context, type Tables } from './context.ts';
import type { NotAllowed } from './errors.ts';
import { canonicalUuid } from './filter.ts';
import { find } from './find.ts';
import type { Resource, Values } from './resource.ts';

export interface Act {
  readonly action: string;
  readonly target_type: string | null;
  readonly target_id?: string | null;
  readonly target_name?: string | null;
  readonly project_id?: string | null;
  readonly changes?: unknown;
  /** The target as it is, or was before it went; looked up where it is not given. Never stored. */
  readonly row?: Values | undefined;
}

const LONG = 500;
const shown = (value: unknown): unknown => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text !== undefined && text.length > LONG ? `${text.slice(0, LONG)}…` : value;
};

/** The row that an act is about, as the audit log names it unless it is closed. */
export const about = (resource: Resource, row: Values): Pick<Act, 'target_type' | 'target_id' | 'target_name' | 'project_id' | 'row'> => ({
  target_type: resource.type,
  target_id: row['id'],
  target_name: row['name'],
  project_id: row['project_id'],
  row,
});

/** What stands in for a value that the log does not tell: a secret, or what only few may see even where they see the row. */
const withheld = (resource: Resource, name: string): Values | null => {
  const field = resource.fields[name];
  if (field?.secret === true) return { secret: true };
  return field?.needs === undefined ? null : { changed: true };
};

/** What changed, field by field, before and after; of secret fields and private rows only the names of the fields. */
export const difference = (resource: Resource, before: Values | null, after: Values): Values =>
  Object.fromEntries(
    Object.entries(after)
      .filter(
        ([name, value]) =>
          name !== 'id' &&
          name !== 'updated' &&
          name !== 'created' &&
          resource.fields[name]?.value === undefined &&
          JSON.stringify(before?.[name] ?? null) !== JSON.stringify(value ?? null),
      )
      .map(([name, value]) => {
        const instead = withheld(resource, name) ?? (isPrivate(before) || isPrivate(after) ? { private: true } : null);
        if (instead !== null) return [name, instead];
        return [name, before === null ? { after: shown(value) } : { before: shown(before[name] ?? null), after: shown(value) }];
      }),
  );

/** A change that says of itself that it holds nothing to hide: a secret field, or what must be known whatever the thing is. */
const mayTell = (value: unknown): boolean => {
  const { secret, told: open } = (value ?? {}) as { readonly secret?: unknown; readonly told?: unknown };
  return secret === true || open === true;
};

/**
 * What is told of an act. A private row, and what it alone judges, is private from those who read the audit log too: that it
 * changed is told, not what it is called or holds. Operations say in their own words what they did: they pass here as well; what must
 * be known of it whatever it is, as who took it over, they mark as `told`.
 */
const told = async (ctx: Context, act: Act): Promise<Act> => {
  if (act.target_type === null || !ctx.registry.has(act.target_type)) return act;
  const resource = ctx.registry.get(act.target_type);
  const hidden = typeof act.target_id === 'string' && (act.row === undefined ? await closedById(ctx, resource, act.target_id) : await closed(ctx, resource, act.row));
  const { changes } = act;
  const parts =
    changes !== null && typeof changes === 'object' && !Array.isArray(changes)
      ? Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, withheld(resource, name) ?? (hidden && !mayTell(value) ? { private: true } : value)]))
      : hidden && changes !== undefined
        ? { private: true }
        : changes;
  return { ...act, target_name: hidden ? null : (act.target_name ?? null), changes: parts };
};

const row = (ctx: Context, act: Act, outcome: 'success' | 'denied', reason: string | null): Values => ({
  id: newId(),
  created: ctx.now,
  updated: ctx.now,
  actor_kind: ctx.actor.kind,
  actor_id: ctx.actor.id === '' ? null : ctx.actor.id,
  actor_name: ctx.actor.name,
  via: ctx.actor.via,
  session_id: ctx.actor.session_id,
  ip: ctx.request.ip,
  user_agent: ctx.request.user_agent.slice(0, 255),
  request_id: ctx.request.id,
  action: act.action,
  target_type: act.target_type,
  target_id: act.target_id ?? null,
  target_name: act.target_name ?? null,
  project_id: act.project_id ?? null,
  outcome,
  reason,
  changes: act.changes === undefined ? null : JSON.stringify(act.changes),
});

const asides = new WeakMap<Context, Values>();
/** What a hook adds to the changes in the audit row of the write that it is a part of. */
export const aside = (ctx: Context, changes: Values): void => {
  asides.set(ctx, { ...asides.get(ctx), ...changes });
};

/** Writes the audit row and the event of a write that is about to be committed. */
export const record = async (ctx: Context, act: Act): Promise<void> => {
  if (ctx.quiet === true) return;
  const more = asides.get(ctx);
  asides.delete(ctx);
  const audit = row(ctx, await told(ctx, more === undefined ? act : { ...act, changes: { ...(act.changes as Values | undefined), ...more } }), 'success', null);
  await ctx.db.insertInto('audit_event').values(audit).execute();
  await ctx.db
    .insertInto('outbox')
    .values({ id: audit['id'], created: ctx.now, type: act.target_type, action: act.action, target_id: act.target_id ?? null, project_id: act.project_id ?? null })
    .execute();
};

/** The id of what was asked for by id or by name; null where the caller sees nothing of that name. */
const idOf = async (ctx: Context, act: Act): Promise<string | null> => {
  if (typeof act.target_id !== 'string') return null;
  const uuid = canonicalUuid(act.target_id);
  if (uuid !== null || act.target_type === null || !ctx.registry.has(act.target_type)) return uuid;
  return ((await find(ctx, ctx.registry.get(act.target_type), act.target_id, 'read', ['id']))?.['id'] as string | undefined) ?? null;
};

/**
 * Records a refused attempt, in a transaction of its own since the attempt's was undone. Only known callers are recorded. Inside a
 * transaction nothing is: what is undone there is a part of something larger, and waiting for the one writer would never end.
 * The words of the refusal are the caller's: they name things that the readers of the log may not see.
 */
export const recordDenial = async (ctx: Context, act: Act, refusal: NotAllowed): Promise<void> => {
  if (ctx.actor.id === '' || ctx.in_transaction) return;
  const target_id = await idOf(ctx, act);
  const said: Act = { ...(await told(ctx, { ...act, target_id })), changes: undefined };
  const denied = row(ctx, said, 'denied', refusal.needs === null ? 'its state or a rule forbids it' : `needs ${refusal.needs}`);
  await ctx.database.transaction((tx: Kysely<Tables>) =>
    tx
      .insertInto('audit_event')
      .values(denied)
      .execute()
      .then(() => undefined),
  );
};

/** Whose rights may have changed: a version that grows in the transaction that changes them, and locks others out of it. */
export const touchGrants = async (ctx: Context): Promise<void> => {
  await sql`update authz_version set version = version + 1`.execute(ctx.db);
};
