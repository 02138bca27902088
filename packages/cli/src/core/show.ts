import type { Column } from '../output/columns.ts';
import type { Context } from './context.ts';

/** After something was made or changed: words on stderr; the thing itself on stdout only when a format was asked for. */
export const done = async <T>(
  ctx: Context,
  words: string,
  thing?: T,
  columns: readonly Column<T>[] = [],
): Promise<void> => {
  ctx.say(words);
  if (thing !== undefined && ctx.globals.output) await ctx.out.one(thing, columns);
};

/**
 * A secret that is shown only now: it stands alone on stdout, a line each, the words about it on stderr. With a format
 * that was asked for, the whole thing goes to stdout instead, the secret inside.
 */
export const secret = async (
  ctx: Context,
  words: readonly string[],
  secrets: readonly string[],
  whole: unknown,
): Promise<void> => {
  for (const line of words) ctx.say(line);
  if (ctx.opened()?.local && secrets.some((one) => one.includes('/signup#')))
    ctx.say('Local mode: nobody answers at this link; people sign up on a server.');
  if (ctx.globals.output) await ctx.out.one(whole, []);
  else ctx.out.lines(...secrets);
};
