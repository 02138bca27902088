// The genuine Python client, each with a configuration folder of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { ensureClient } from '../../scripts/lib/python.ts';

export const scripts = join(root, 'compat', 'scripts');
type Outcome = { readonly code: number; readonly output: string };
type Run = {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onOutput?: (soFar: string) => void;
};
export type Client = {
  /** Runs a command of the command line. */
  readonly zenml: (command: readonly string[], run?: Run) => Promise<Outcome>;
  /** Runs a Python script of compat/scripts. */
  readonly python: (script: string, run?: Run) => Promise<Outcome>;
};
/** How the client signs in; with neither it has to be told by a command. */
export type SignIn = { readonly username: string; readonly password: string } | { readonly api_key: string } | null;

const python = async (version?: string): Promise<string> =>
  (version === undefined ? process.env['ZENDO_TEST_PYTHON'] : undefined) ??
  join(await ensureClient(version), 'bin', 'python');

const signInEnv = (url: string, who: SignIn): Record<string, string> => {
  if (who === null) return {};
  const known =
    'api_key' in who
      ? { ZENML_STORE_API_KEY: who.api_key }
      : { ZENML_STORE_USERNAME: who.username, ZENML_STORE_PASSWORD: who.password };
  return { ZENML_STORE_URL: url, ...known };
};

const start = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
  { input = '', onOutput }: Run,
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
      onOutput?.(output);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
    child.stdin.end(input);
  });

/** A client below `folder` that talks to the server at `url`; of another version than ours where one is named. */
export const newClient = async (
  zendo: { readonly url: string; readonly folder: string },
  who: SignIn,
  version?: string,
): Promise<Client> => {
  const program = await python(version);
  const home = mkdtempSync(join(zendo.folder, 'client-'));
  const config = join(home, 'config');
  mkdirSync(config);
  const env = {
    ...signInEnv(zendo.url, who),
    HOME: home,
    ZENML_CONFIG_PATH: config,
    ZENML_ANALYTICS_OPT_IN: 'false',
    ZENML_LOGGING_VERBOSITY: 'WARN',
    ZENML_ENABLE_RICH_TRACEBACK: 'false',
    ZENDO_URL: zendo.url,
    // No window opens, and nothing is wrapped or coloured.
    BROWSER: 'true',
    COLUMNS: '400',
    NO_COLOR: '1',
    PYTHONPATH: scripts,
    PYTHONDONTWRITEBYTECODE: '1',
  };
  return {
    zenml: (command, run = {}) => start(join(dirname(program), 'zenml'), command, { ...env, ...run.env }, home, run),
    python: (script, run = {}) => start(program, [join(scripts, script)], { ...env, ...run.env }, home, run),
  };
};
