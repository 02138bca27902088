// Work that nobody asks for: each piece at its own pace, on one of the servers that share a database.
import { newId, later, type Clock, type Context, type Database } from '../kernel/context.ts';

/** Runs work as the system itself, in a transaction of its own. */
export type AsSystem = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>;
export interface Job {
  readonly name: string;
  readonly every_seconds: number;
  /** Does what is due; answers how much it did. May be broken off at any point and begun again. */
  readonly run: (asSystem: AsSystem) => Promise<number>;
}
export interface Jobs {
  /** Does a job now, whoever else may be doing it; answers how much it did. */
  readonly run: (name: string) => Promise<number>;
  /** Ends them; what is under way is finished first. */
  readonly close: () => Promise<void>;
}

/** A server that is gone loses its jobs after so many turns of them, or so many seconds, whichever is longer. */
const [TURNS, SECONDS] = [3, 30];

/** Takes a job for a while, or keeps it; false where another server has it. */
const lease = (database: Database, name: string, holder: string, now: string, seconds: number): Promise<boolean> =>
  database.transaction(async (tx) => {
    const until = later(now, seconds);
    const made = await tx
      .insertInto('job_lease')
      .values({ name, holder, until })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, until })
          .where((eb) => eb.or([eb('job_lease.holder', '=', holder), eb('job_lease.until', '<=', now)])),
      )
      .executeTakeFirst();
    return Number(made.numInsertedOrUpdatedRows ?? 0n) === 1;
  });

/** Begins the jobs (unless `start` is false: then they run only when told to). What goes wrong is told to `failed` and tried again at the next turn. */
export const startJobs = (
  jobs: readonly Job[],
  options: { database: Database; clock: Clock; asSystem: AsSystem; failed: (name: string, error: unknown) => void; start: boolean },
): Jobs => {
  const { database, clock, asSystem, failed, start } = options;
  const holder = newId();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<unknown>>();
  let closed = false;

  /** Until when a job is ours: the lease is written again only when half of it is over. */
  const mine = new Map<string, string>();
  const ours = async ({ name, every_seconds }: Job): Promise<boolean> => {
    const [now, seconds] = [clock(), Math.max(SECONDS, every_seconds * TURNS)];
    if ((mine.get(name) ?? '') > later(now, seconds / 2)) return true;
    const got = await lease(database, name, holder, now, seconds);
    if (got) mine.set(name, later(now, seconds));
    else mine.delete(name);
    return got;
  };
  const turn = async (job: Job): Promise<void> => {
    try {
      if (await ours(job)) await job.run(asSystem);
    } catch (error) {
      if (!closed) failed(job.name, error);
    }
  };
  const plan = (job: Job, seconds: number): void => {
    if (closed || !start) return;
    clearTimeout(timers.get(job.name));
    const timer = setTimeout(() => {
      if (running.has(job.name)) return plan(job, 1);
      const work = turn(job).finally(() => {
        running.delete(job.name);
        plan(job, job.every_seconds);
      });
      running.set(job.name, work);
    }, seconds * 1000);
    timer.unref();
    timers.set(job.name, timer);
  };
  const named = (name: string): Job => {
    const job = jobs.find((one) => one.name === name);
    if (job === undefined) throw new Error(`There is no job '${name}'`);
    return job;
  };
  // Not all at the same moment, and not before the server has come up.
  jobs.forEach((job, place) => plan(job, Math.min(job.every_seconds, 1 + place)));

  return {
    run: (name) => named(name).run(asSystem),
    close: async () => {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
      if (start) await database.transaction((tx) => tx.deleteFrom('job_lease').where('holder', '=', holder).execute());
    },
  };
};
