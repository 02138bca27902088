import { CommanderError } from 'commander';
import { firstWord, normalize } from './core/argv.ts';
import type { Env } from './core/config.ts';
import { exit } from './core/faults.ts';
import { findEntry } from './core/groups.ts';
import { parse, type Call } from './core/program.ts';
import { complain } from './output/complain.ts';

// Commander says "error: …\n(Did you mean …?)"; help that was asked for is no error, help that had to be shown is.
const misuse = (error: CommanderError, program: string, argv: readonly string[], env: Env): number => {
  if (error.exitCode === 0) return exit.ok;
  const [what = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  const unknown = /^unknown command '(.*)'/.exec(what)?.[1];
  const end = argv.findIndex((word) => word === unknown || word.startsWith('-'));
  const words = [program, ...argv.slice(0, end < 0 ? 3 : Math.min(end, 3))];
  const first = error.code === 'commander.help' ? `${words.join(' ')} needs a command` : what;
  const more = error.code === 'commander.help' ? [] : hints.map((line) => line.replace(/^\(|\)$/g, ''));
  complain([first, ...more, `Next: ${words.slice(0, 3).join(' ')} --help`], env);
  return exit.usage;
};

/** Runs one command line. In: the name that the program was called by, the words after it, the environment. Out: the exit code. */
export const main = async (program: string, argv: readonly string[], env: Env): Promise<number> => {
  const words = normalize(argv);
  let call: Call | undefined;
  try {
    call = await parse(program, words, findEntry(firstWord(words)), env);
  } catch (error) {
    if (error instanceof CommanderError) return misuse(error, program, words, env);
    throw error;
  }
  // Loaded late: help must not wait for what only commands need.
  return call ? (await import('./run.ts')).run(program, call, env) : exit.ok;
};

/** Runs the command line of this process and ends it once everything is written. */
export const start = async (program: string): Promise<void> => {
  process.on('SIGINT', () => process.exit(exit.interrupted));
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? exit.ok : exit.failed),
  );
  const code = await main(program, process.argv.slice(2), process.env);
  process.stdout.write('', () => process.exit(code));
};
