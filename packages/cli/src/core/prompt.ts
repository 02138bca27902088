import { createInterface } from 'node:readline';
import { Declined, exit, interrupted, usage } from './faults.ts';

export type Ask = {
  /** Whether anybody can be asked: a terminal on both sides, and no --no-input. */
  readonly can: boolean;
  /** A line of text. Off a terminal: usage error naming the option. */
  text(question: string, option: string): Promise<string>;
  /** A password, not shown. Off a terminal: usage error naming the option. */
  password(question: string, option: string): Promise<string>;
  /** Yes or no, default no. --yes answers it; off a terminal it is a usage error. Declined: CliError, exit 1. */
  confirm(question: string, consequences?: readonly string[]): Promise<void>;
};

type Settings = { readonly input: boolean; readonly yes: boolean; readonly say: (line: string) => void };

const prompts = () => import('@clack/prompts');
const check = async <T>(answer: Promise<T>): Promise<Exclude<T, symbol>> => {
  const value = await answer;
  if (typeof value === 'symbol') throw interrupted();
  return value as Exclude<T, symbol>;
};

/** Questions to the person at the terminal. They go to stderr: stdout is for data. */
export const createAsk = ({ input, yes, say }: Settings): Ask => {
  const can = input && Boolean(process.stdin.isTTY) && Boolean(process.stderr.isTTY);
  const output = process.stderr;
  const need = (option: string) => {
    if (!can)
      throw usage(
        `missing ${option}`,
        input ? 'Nobody can be asked: this is no terminal.' : 'Nobody may be asked: --no-input.',
      );
  };
  return {
    can,
    text: async (question, option) => {
      need(option);
      return (await check((await prompts()).text({ message: question, output }))) ?? '';
    },
    password: async (question, option) => {
      need(option);
      return (await check((await prompts()).password({ message: question, output }))) ?? '';
    },
    confirm: async (question, consequences = []) => {
      if (yes) return;
      for (const line of consequences) say(line);
      need('--yes (-y), which this command needs');
      if (!(await check((await prompts()).confirm({ message: question, initialValue: false, output }))))
        throw new Declined('Nothing was changed.', exit.failed);
    },
  };
};

/** All of stdin, for --values-stdin. Errors: usage when stdin is empty. */
export const readAll = async (option: string): Promise<string> => {
  let all = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) all += part as string;
  if (all === '') throw usage(`${option}: nothing came in on stdin`);
  return all;
};

/** The first line of stdin, for --password-stdin. Errors: usage when stdin is empty. */
export const readLine = async (option: string): Promise<string> => {
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw usage(`${option}: nothing came in on stdin`);
};
