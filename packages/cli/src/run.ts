import type { Config, Env } from './core/config.ts';
import { createContext, type Globals } from './core/context.ts';
import { Declined, exit } from './core/faults.ts';
import type { Call } from './core/program.ts';
import { complain } from './output/complain.ts';
import { formats } from './output/formats.ts';

// What the command line leaves open, the saved settings decide.
const withSettings = (globals: Globals, { settings }: Config): Globals => ({
  ...globals,
  output: globals.output ?? formats.find((format) => format === settings?.output),
  input: globals.input && settings?.input !== 'false',
});

const trace = (error: unknown): void => {
  for (let at = error; at instanceof Error; at = at.cause)
    process.stderr.write(`${at === error ? '' : 'Cause: '}${at.stack}\n`);
};

/** Runs a command that was read from the command line. Out: the exit code; failures are explained on stderr. */
export const run = async (program: string, { leaf, input, globals }: Call, env: Env): Promise<number> => {
  let ctx = createContext(program, env, globals);
  try {
    ctx = createContext(program, env, withSettings(globals, ctx.config()));
    return (await leaf.run(ctx, input)) ?? exit.ok;
  } catch (error) {
    if (error instanceof Declined) {
      ctx.say(error.message);
      return error.code;
    }
    const { reportOf } = await import('./core/report.ts');
    const { code, lines } = await reportOf(error, ctx);
    complain(lines, env);
    if (globals.debug) trace(error);
    return code;
  } finally {
    await ctx.close();
  }
};
