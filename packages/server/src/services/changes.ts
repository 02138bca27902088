// Tells those who wait what has been committed: at once where it was committed here, within a second where another server did it.
import type { Config } from '../config.ts';
import { later, type Clock, type Database } from '../kernel/context.ts';
import { Unavailable } from '../kernel/errors.ts';

/** One event of the outbox. */
export interface Change {
  readonly type: string | null;
  readonly action: string;
  readonly target_id: string | null;
  readonly project_id: string | null;
}
export interface Watch {
  /** Waits until something that was wanted has happened, for at most so long or until the signal; answers what happened. */
  readonly next: (milliseconds: number, signal: AbortSignal) => Promise<readonly Change[]>;
  readonly end: () => void;
}
export interface Changes {
  /** The same database; whatever is committed through it is looked at. */
  readonly watched: (database: Database) => Database;
  /** Begins to watch. Throws Unavailable (429) where the person watches as much as he may. */
  readonly watch: (person: string, wanted: (change: Change) => boolean) => Watch;
  /** Says something that is in no outbox. */
  readonly tell: (change: Change) => void;
  /** True once the server is going down: streams end then. */
  readonly closing: () => boolean;
  readonly close: () => void;
}

/** Commits of other servers are seen this often; commits that follow one another closely are looked at together. */
const POLL = 1_000;
const GATHER = 20;
/** On several servers the order of commits is not the order of times: so far back is looked again. */
const OVERLAP_SECONDS = 10;

export const createChanges = (config: Pick<Config, 'streams_per_person'>, database: Database, clock: Clock): Changes => {
  const watches = new Set<{ person: string; wanted: (change: Change) => boolean; found: Change[]; wake: () => void }>();
  let [since, seen] = ['', new Map<string, string>()];
  let timer: NodeJS.Timeout | null = null;
  let [looking, again, closed] = [false, false, false];

  const tell = (change: Change): void => {
    for (const watch of watches) {
      if (!watch.wanted(change)) continue;
      watch.found.push(change);
      watch.wake();
    }
  };
  const look = async (): Promise<void> => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    try {
      const from = later(since, -OVERLAP_SECONDS);
      const rows = await database.read.selectFrom('outbox').selectAll().where('created', '>=', from).orderBy('created').limit(10_000).execute();
      for (const row of rows) {
        if (seen.has(row['id'])) continue;
        seen.set(row['id'], row['created']);
        if (row['created'] > since) since = row['created'];
        tell(row as Change);
      }
      for (const [id, created] of seen) if (created < from) seen.delete(id);
    } finally {
      looking = false;
    }
    if (!again || closed) return;
    again = false;
    await look();
  };
  /** A database that cannot be read now is read at the next turn. */
  const turn = (after: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (closed || watches.size === 0) return;
    timer = setTimeout(() => {
      look()
        .catch(() => undefined)
        .finally(() => turn(POLL));
    }, after);
    timer.unref();
  };

  return {
    tell,
    closing: () => closed,
    close: () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const watch of watches) watch.wake();
    },
    watched: (inner) => ({
      dialect: inner.dialect,
      get read() {
        return inner.read;
      },
      close: () => inner.close(),
      load: () => inner.load(),
      transaction: async (work) => {
        const result = await inner.transaction(work);
        if (watches.size > 0) turn(GATHER);
        return result;
      },
    }),
    watch: (person, wanted) => {
      if ([...watches].filter((other) => other.person === person).length >= config.streams_per_person)
        throw new Unavailable(`You hold ${config.streams_per_person} event streams open; close one, or try again in a moment`, 429, 5);
      if (watches.size === 0) [since, seen] = [clock(), new Map()];
      const own = { person, wanted, found: [] as Change[], wake: () => undefined as void };
      watches.add(own);
      if (watches.size === 1) turn(POLL);
      return {
        end: () => watches.delete(own),
        next: async (milliseconds, signal) => {
          if (own.found.length === 0 && !closed && !signal.aborted)
            await new Promise<void>((resolve) => {
              const done = (): void => {
                clearTimeout(wait);
                signal.removeEventListener('abort', done);
                own.wake = () => undefined;
                resolve();
              };
              const wait = setTimeout(done, milliseconds);
              wait.unref();
              signal.addEventListener('abort', done);
              own.wake = done;
            });
          return own.found.splice(0);
        },
      };
    },
  };
};
