// Runs other programs: never asks, never waits for input, and says which command failed and what it printed.
import { spawn } from 'node:child_process';
import { root } from './paths.ts';

export type Options = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** show: straight to the terminal; keep: only returned (and part of the error). */
  readonly output?: 'show' | 'keep';
  readonly timeout?: number;
};
export type Outcome = { readonly code: number; readonly output: string };

export function attempt(command: string, args: readonly string[], options: Options = {}): Promise<Outcome> {
  const show = options.output === 'show';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      ...(options.timeout === undefined ? {} : { timeout: options.timeout, killSignal: 'SIGKILL' as const }),
    });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal !== null) output += `\n(ended by ${signal})`;
      resolve({ code: code ?? 1, output });
    });
  });
}

export async function run(command: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { code, output } = await attempt(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (exit ${code})\n${output.slice(-8000)}`);
  return output;
}

/** Runs a program of a package, such as vite, with this very Node: the search path may name an older one. */
export function node(args: readonly string[], options: Options = {}): Promise<Outcome> {
  return attempt(process.execPath, args, options);
}
