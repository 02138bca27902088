// Knows: what surrounds one request: the actor, the clock, the transaction. Must not know: HTTP or any resource.
import { randomUUID } from 'node:crypto';
import * as crypto from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Actor } from './actor.ts';
import type { Registry } from './registry.ts';

/** Tables are erased in the kernel: it builds SQL from declarations, not from types. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Tables = any;

/** The one door to the database. `read` sees what is committed; all writes go through `transaction`. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  readonly read: Kysely<Tables>;
  /** Runs the work in one transaction; it is kept if the promise resolves and undone if it rejects. */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** How many connections there are, how many of them work, and how many requests wait for one. */
  readonly load: () => { readonly connections: number; readonly active: number; readonly waiting: number };
  close(): Promise<void>;
}

/** The place of a sealed value: what was sealed for one row and column opens for no other. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly id: string;
}
/** Encrypts what must not lie in the database in the clear. */
export interface Sealing {
  /** The sealed form of a text, for this place alone; inside the transaction that stores it. Throws Unavailable where the database's keys are not this server's. */
  readonly seal: (ctx: Context, place: Place, text: string) => Promise<string>;
  /** The text again. Throws where it was sealed elsewhere, with another key, or was changed. */
  readonly open: (place: Place, sealed: string) => string;
  /** A digest that nobody can try guesses on without the key. */
  readonly fingerprint: (text: string) => string;
}

export interface RequestInfo {
  readonly id: string;
  readonly ip: string;
  readonly user_agent: string;
}

export interface Context {
  readonly database: Database;
  /** Where statements run: the open transaction, or the read side. */
  readonly db: Kysely<Tables>;
  readonly in_transaction: boolean;
  readonly registry: Registry;
  readonly actor: Actor;
  /** Naive UTC with microseconds; the same for the whole request. */
  readonly now: string;
  readonly request: RequestInfo;
  /** True where fields the server does not know are dropped instead of refused, as the stock client expects of its server. */
  readonly lenient: boolean;
  /** The query of the request, for what changes how a thing is shown. */
  readonly asked?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Set where the caller gave this request a key, so that it is done once however often it arrives. */
  readonly once?: { readonly key: string; readonly target: string };
  /** Address under which people reach the server, for links in answers. */
  readonly public_url?: string;
  /** True where an enclosing write says in its own audit row what happens here. */
  readonly quiet?: boolean;
  /** Reads the actor's grants again, inside the transaction that writes. */
  readonly reload: (db: Kysely<Tables>, actor: Actor, now: string) => Promise<Actor>;
  /** Names of those who could grant a permission, for the words of a refusal; empty where the actor may not see people. */
  readonly granters: (ctx: Context, permission: string, project_id: string | null) => Promise<readonly string[]>;
  readonly sealing: Sealing;
}

let last = 0n;

/** Microseconds since 1970 that never repeat and never go back within this process. */
const nextMicros = (): bigint => {
  const now = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000));
  last = now > last ? now : last + 1n;
  return last;
};

/** Microseconds since 1970 as the wire writes them: `2026-11-23T09:03:09.093821`. */
export const timestamp = (micros: bigint): string => {
  const millis = new Date(Number(micros / 1000n)).toISOString().slice(0, 23);
  return `${millis}${String(micros % 1000n).padStart(3, '0')}`;
};

export type Clock = () => string;
/** The real clock. */
export const systemClock: Clock = () => timestamp(nextMicros());

/** A point in time, `seconds` later (or earlier), in the same form. */
export const later = (at: string, seconds: number): string =>
  timestamp(BigInt(Date.parse(`${at.slice(0, 23)}Z`)) * 1000n + BigInt(at.slice(23) || '0') + BigInt(Math.round(seconds * 1e6)));

/** Seconds from one point in time to another. */
export const secondsBetween = (from: string, to: string): number => (Date.parse(`${to.slice(0, 23)}Z`) - Date.parse(`${from.slice(0, 23)}Z`)) / 1000;

/** A new id: UUID version 7, so that ids follow time and indexes stay compact. */
export const newId = (): string => (crypto as unknown as { randomUUIDv7?: () => string }).randomUUIDv7?.() ?? randomUUID();

/** Runs the work inside the request's transaction, opening one where none is open; the actor's grants are read again in it. */
export const inTransaction = async <T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> => {
  if (ctx.in_transaction) return work(ctx);
  return ctx.database.transaction(async (tx) => {
    const actor = await ctx.reload(tx, ctx.actor, ctx.now);
    return work({ ...ctx, db: tx, in_transaction: true, actor });
  });
};

/** The same context for a part of a larger write: what it does is told by the audit row of the whole. */
export const quietly = (ctx: Context): Context => ({ ...ctx, quiet: true });
