import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CliError } from './faults.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What the CLI remembers between calls. Never a password. */
export type Config = {
  readonly url?: string;
  readonly token?: string;
  readonly expires?: string;
  readonly username?: string;
  readonly verify_ssl?: boolean;
  readonly ca_cert?: string;
  readonly client_id?: string;
  /** The stack that `stack set` named, by its id. */
  readonly stack?: string | undefined;
  readonly settings?: Readonly<Record<string, string>>;
};

/** The folder of the configuration and the local database: ZENDO_CONFIG_DIR, else the platform's own place. */
export const configDir = (env: Env): string =>
  env.ZENDO_CONFIG_DIR ||
  (process.platform === 'win32' && env.APPDATA
    ? join(env.APPDATA, 'zendo')
    : join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'zendo'));

export const configFile = (env: Env): string => join(configDir(env), 'config.json');

/** Reads the configuration; an absent file is an empty one. Errors: CliError when it is no JSON object. */
export const readConfig = (env: Env): Config => {
  let raw: string;
  try {
    raw = readFileSync(configFile(env), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new CliError(`${configFile(env)} cannot be read: ${(error as Error).message}`);
  }
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value && !Array.isArray(value)) return value as Config;
  } catch {}
  throw new CliError(`${configFile(env)} is damaged`, 1, ['Delete it and run zendo connect again.']);
};

/** Replaces the configuration in one step, readable by its owner only, so that a crash leaves the old one. */
export const writeConfig = (env: Env, config: Config): void => {
  const file = configFile(env);
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(configDir(env), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new CliError(`${file} cannot be written: ${(error as Error).message}`, 1, [
      'ZENDO_CONFIG_DIR names another folder.',
    ]);
  }
};
