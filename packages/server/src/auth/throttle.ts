// Knows: how many wrong passwords are too many. Counted in the database, so that several servers count together.
import type { Config } from '../config.ts';
import { later, secondsBetween, type Context } from '../kernel/context.ts';
import { Unavailable } from '../kernel/errors.ts';

const keys = (name: string, ip: string): readonly string[] => [`account ${name.normalize('NFKC').toLowerCase().slice(0, 255)}`, `address ${ip}`];

/** Throws Unavailable (429) while a pause for this user name or this address lasts. Unknown names are treated like known ones. */
export const mayTry = async (ctx: Context, config: Config, name: string, ip: string): Promise<void> => {
  const rows = await ctx.database.read.selectFrom('login_attempt').selectAll().where('key', 'in', keys(name, ip)).where('until', '>', ctx.now).execute();
  const over = rows.filter((row) => Number(row['failures']) >= (row['key'].startsWith('account ') ? config.login_failures_per_account : config.login_failures_per_address));
  if (over.length === 0) return;
  const wait = Math.max(1, Math.ceil(Math.max(...over.map((row) => secondsBetween(ctx.now, row['until'])))));
  throw new Unavailable(`Too many wrong passwords. Try again in ${wait} seconds.`, 429, wait);
};

/** Counts one wrong password for the name and for the address. */
export const countFailure = async (ctx: Context, config: Config, name: string, ip: string): Promise<void> => {
  const until = later(ctx.now, config.login_pause_seconds);
  await ctx.database.transaction(async (tx) => {
    await tx.deleteFrom('login_attempt').where('until', '<=', ctx.now).execute();
    for (const key of keys(name, ip)) {
      await tx.insertInto('login_attempt').values({ key, failures: 1, until })
        .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ failures: eb('login_attempt.failures', '+', 1), until }))).execute();
    }
  });
};

/** A right password clears the count of its own account; the address keeps its own. */
export const clearFailures = async (ctx: Context, name: string): Promise<void> => {
  const key = keys(name, '')[0]!;
  const counted = await ctx.database.read.selectFrom('login_attempt').select('key').where('key', '=', key).executeTakeFirst();
  if (counted !== undefined) await ctx.database.transaction((tx) => tx.deleteFrom('login_attempt').where('key', '=', key).execute().then(() => undefined));
};
