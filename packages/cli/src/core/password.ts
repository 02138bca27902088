import type { Context } from './context.ts';
import { usage } from './faults.ts';
import { readLine } from './prompt.ts';

type Given = { readonly password?: string | undefined; readonly password_stdin?: boolean };

/**
 * A password that came with the command: by --password (warned about: others can read it in the process list), by stdin
 * or by an environment variable. Undefined when none came. Errors: usage when two came.
 */
export const givenPassword = async (ctx: Context, given: Given, variable?: string): Promise<string | undefined> => {
  if (given.password !== undefined && given.password_stdin)
    throw usage('--password and --password-stdin exclude each other');
  if (given.password_stdin) return readLine('--password-stdin');
  if (given.password) {
    ctx.say(
      `Warning: --password can be read by others on this machine; --password-stdin${variable ? ` or ${variable}` : ''} cannot.`,
    );
    return given.password;
  }
  return given.password ?? (variable ? ctx.env[variable] : undefined);
};

/** Asks for a new password twice; an empty one comes back empty. Errors: usage off a terminal, or when they differ. */
export const askNewPassword = async (ctx: Context, question: string): Promise<string> => {
  const password = await ctx.ask.password(question, '--password-stdin');
  if (password && (await ctx.ask.password('The same again', '--password-stdin')) !== password)
    throw usage('the two passwords differ');
  return password;
};
