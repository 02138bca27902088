// Knows: how many wrong passwords are too many. Counted in the database, so that several servers count together.
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { later, secondsBetween, type Context } from '../kernel/context.ts';
import { Unavailable } from '../kernel/errors.ts';
import { nameKey } from '../resources/account/names.ts';

/** Who counts as one caller: an IPv4 address, or the network of an IPv6 address, since each of its users has 2^64 of them. */
const caller = (ip: string): string => {
  const plain = ip
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const [left, right] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)];
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
};

/** All spellings that open the same account share one count. */
const keys = (name: string, ip: string): readonly string[] => [`account ${nameKey(name).slice(0, 255).toWellFormed()}`, `address ${caller(ip)}`];

/** Throws Unavailable (429) while a pause for this user name or this address lasts. Unknown names are treated like known ones. */
const mayTry = async (ctx: Context, config: Config, name: string, ip: string): Promise<void> => {
  const rows = await ctx.database.read.selectFrom('login_attempt').selectAll().where('key', 'in', keys(name, ip)).where('until', '>', ctx.now).execute();
  const over = rows.filter(
    (row) => Number(row['failures']) >= (row['key'].startsWith('account ') ? config.login_failures_per_account : config.login_failures_per_address),
  );
  if (over.length === 0) return;
  const wait = Math.max(1, Math.ceil(Math.max(...over.map((row) => secondsBetween(ctx.now, row['until'])))));
  throw new Unavailable(`Too many wrong passwords. Try again in ${wait} seconds.`, 429, wait);
};

/** Counts one wrong password for the name and for the address. */
const countFailure = async (ctx: Context, config: Config, name: string, ip: string): Promise<void> => {
  const until = later(ctx.now, config.login_pause_seconds);
  await ctx.database.transaction(async (tx) => {
    await tx.deleteFrom('login_attempt').where('until', '<=', ctx.now).execute();
    for (const key of keys(name, ip)) {
      await tx
        .insertInto('login_attempt')
        .values({ key, failures: 1, until })
        .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ failures: eb('login_attempt.failures', '+', 1), until })))
        .execute();
    }
  });
};

/** A right password clears the count of its own account; the address keeps its own. */
const clearFailures = async (ctx: Context, name: string): Promise<void> => {
  const key = keys(name, '')[0]!;
  const counted = await ctx.database.read.selectFrom('login_attempt').select('key').where('key', '=', key).executeTakeFirst();
  if (counted !== undefined)
    await ctx.database.transaction((tx) =>
      tx
        .deleteFrom('login_attempt')
        .where('key', '=', key)
        .execute()
        .then(() => undefined),
    );
};

/**
 * Whether this is the password behind `stored`, counted for the name and the address. Throws Unavailable (429) while a pause lasts;
 * it is asked for and counted where few run at once, so that many tries at the same time get no further than one after the other.
 */
export const rightPassword = async (ctx: Context, app: App, name: string, password: string, stored: string | null): Promise<boolean> => {
  const { ip } = ctx.request;
  const right = await app.passwords.verify(password, stored, { before: () => mayTry(ctx, app.config, name, ip), wrong: () => countFailure(ctx, app.config, name, ip) });
  if (right) await clearFailures(ctx, name);
  return right;
};
