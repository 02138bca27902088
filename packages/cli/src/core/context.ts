import type { Format } from '../output/formats.ts';
import { createOutput, type Output } from '../output/output.ts';
import { createStyle, wantsColor } from '../output/style.ts';
import { readConfig, writeConfig, type Config, type Env } from './config.ts';
import { findTarget, openApi, type Api } from './connection.ts';
import { createAsk, type Ask } from './prompt.ts';

export type Globals = {
  readonly output?: Format | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly input: boolean;
  readonly yes: boolean;
  readonly debug: boolean;
};

/** All that a command may touch. Commands get it as an argument and reach for nothing else of the process. */
export type Context = {
  readonly program: string;
  readonly env: Env;
  readonly globals: Globals;
  readonly out: Output;
  readonly ask: Ask;
  /** Words for the person: one line on stderr. */
  say(line: string): void;
  /** The connection, opened at the first call. */
  api(): Promise<Api>;
  /** As `api`, for commands about roles: says once that they limit nothing in local mode. */
  rolesApi(): Promise<Api>;
  config(): Config;
  save(config: Config): void;
  /** Notes that a name stands in the request, so that a 404 can say what else may have been meant. */
  mention(collection: string, name: string): string;
  readonly mentions: readonly (readonly [string, string])[];
  close(): Promise<void>;
  /** The connection when it has been opened, for those who explain an error. */
  opened(): Api | undefined;
};

/** Makes the context of one command. */
export const createContext = (program: string, env: Env, globals: Globals): Context => {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const terminal = Boolean(process.stdout.isTTY);
  const mentions: (readonly [string, string])[] = [];
  let config: Config | undefined;
  let api: Api | undefined;
  let noted = false;
  const readOnce = () => (config ??= readConfig(env));
  const open = async () => (api ??= await openApi(env, readOnce()));
  return {
    program,
    env,
    globals,
    say,
    mentions,
    out: createOutput({
      format: globals.output,
      columns: globals.columns,
      style: createStyle(wantsColor(env, terminal)),
      room: terminal ? process.stdout.columns || 80 : undefined,
      write: (text) => void process.stdout.write(text),
    }),
    ask: createAsk({ input: globals.input, yes: globals.yes, say }),
    api: open,
    rolesApi: async () => {
      if (!noted && !findTarget(env, readOnce())) {
        noted = true;
        say(`Local mode: roles limit nothing here. They count on a server: ${program} connect --url …`);
      }
      return open();
    },
    config: readOnce,
    save: (next) => writeConfig(env, (config = next)),
    mention: (collection, name) => {
      mentions.push([collection, name]);
      return name;
    },
    close: async () => api?.close(),
    opened: () => api,
  };
};
