import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const launcher = at('../../../../bin/zendo.mjs');

// The tests measure the CLI, not the hop from an old Node to a new one.
const brought = at(`../../../../node_modules/node-${process.platform}-${process.arch}/bin/node`);
export const node =
  Number(process.versions.node.split('.')[0]) < 24 && existsSync(brought) ? brought : process.execPath;

export type Result = { readonly code: number; readonly out: string; readonly err: string; readonly ms: number };
type Options = {
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  readonly watch?: (err: string) => void;
};
export type Run = (line: string | readonly string[], options?: Options) => Promise<Result>;

const clean = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(ZENDO|ZENML|NO_COLOR|FORCE_COLOR|XDG)/.test(name)));

export const temporary = (): string => mkdtempSync(join(tmpdir(), 'zendo-cli-'));
export const discard = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Runs a program as a child process, with nothing of this environment that could steer it. */
export const runProgram = (
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  { stdin = '', watch }: Options = {},
): Promise<Result> =>
  new Promise((done, fail) => {
    const began = performance.now();
    const child = spawn(file, args, { env: { ...clean(process.env), ...env }, stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      watch?.(err);
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? -1, out, err, ms: performance.now() - began }));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });

/** The real command line with a configuration folder of its own. A line is split at spaces; a list is taken as it is. */
export const cli = (folder: string, program: 'zendo' | 'zenml' = 'zendo'): Run => {
  const home = { ZENDO_CONFIG_DIR: folder, ZENDO_PROGRAM: program, ZENDO_NO_BROWSER: '1' };
  return (line, { env, ...options } = {}) =>
    runProgram(
      node,
      [launcher, ...(typeof line === 'string' ? line.split(' ').filter(Boolean) : line)],
      { ...home, ...env },
      options,
    );
};

/** The same on a terminal (a pseudo one): each answer is typed when its question has appeared. Out: all that was shown. */
export const onTerminal = (
  folder: string,
  args: readonly string[],
  answers: readonly (readonly [question: string, answer: string])[],
): Promise<Result> =>
  new Promise((done, fail) => {
    const quoted = [node, launcher, ...args].map((word) => `'${word}'`).join(' ');
    const env = { ...clean(process.env), ZENDO_CONFIG_DIR: folder, TERM: 'xterm-256color' };
    const began = performance.now();
    const child = spawn('/usr/bin/script', ['-qec', `stty cols 80; ${quoted}`, '/dev/null'], { env, stdio: 'pipe' });
    const left = [...answers];
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const [next] = left;
      if (!next || !out.includes(next[0])) return;
      left.shift();
      child.stdin.write(next[1]);
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? -1, out, err: '', ms: performance.now() - began }));
  });
