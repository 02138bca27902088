// A Zendo server that listens, for the genuine client: in this process, or as the program that people start.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../packages/server/src/main.ts';
import { root } from '../../scripts/lib/paths.ts';
import { freePort } from '../../scripts/lib/port.ts';

export const PASSWORD = 'correct horse battery';
export const ADMIN = { username: 'admin', password: PASSWORD } as const;

type Answer = { readonly status: number; readonly body: any };
type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;
export type Zendo = {
  readonly url: string;
  /** Folder of this server alone; clients keep their configuration in it. */
  readonly folder: string;
  /** Calls the API as the administrator. */
  readonly admin: Call;
  readonly close: () => Promise<void>;
};

/** Calls the API at `url` with a token; an empty one calls as nobody. */
export const caller =
  (url: string, token: string): Call =>
  async (method, path, body) => {
    const form = body instanceof URLSearchParams;
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };

/** A token for this user. Throws where the password is not taken. */
export const logIn = async (url: string, username: string, password = PASSWORD): Promise<string> => {
  const { status, body } = await caller(url, '')('POST', '/login', new URLSearchParams({ username, password }));
  if (status !== 200) throw new Error(`${username} could not log in: ${JSON.stringify(body)}`);
  return body.access_token as string;
};

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'zendo-compat-'));

/** A server in this process, with `admin` as its first administrator. */
export const startZendo = async (): Promise<Zendo> => {
  const folder = newFolder();
  const running = await startServer({
    port: 0,
    data_dir: folder,
    admin_username: ADMIN.username,
    admin_password: ADMIN.password,
    log_level: 'error',
  });
  return {
    url: running.url,
    folder,
    admin: caller(running.url, await logIn(running.url, ADMIN.username)),
    close: async () => {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export type Process = {
  readonly url: string;
  readonly folder: string;
  readonly start: () => Promise<void>;
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The same as a process of its own that can be ended and started again; it is not running yet. */
export const zendoProcess = async (): Promise<Process> => {
  const folder = newFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ZENDO_PORT: String(port),
    ZENDO_DATA_DIR: folder,
    ZENDO_ADMIN_USERNAME: ADMIN.username,
    ZENDO_ADMIN_PASSWORD: ADMIN.password,
  };
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [join(root, 'bin/zendo.mjs'), 'server', 'start'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (let tries = 0; tries < 150; tries += 1) {
      if (
        await fetch(`${url}/health`).then(
          (answer) => answer.ok,
          () => false,
        )
      )
        return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the server did not answer at ${url}`);
  };
  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  };
  const close = async (): Promise<void> => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, folder, start, kill, close };
};
