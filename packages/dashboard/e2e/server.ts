// A real server process on a SQLite file of its own, and people on it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDashboard } from '../../../scripts/lib/dashboard.ts';
import { root } from '../../../scripts/lib/paths.ts';

export const PASSWORD = 'a quiet garden of stones';

export interface Server {
  readonly url: string;
  readonly setupUrl: string;
  /** The folder below which it reads local artifact stores, each in one of its id. */
  readonly stores: string;
  /** Where it keeps its database. */
  readonly folder: string;
  readonly call: <T>(method: string, path: string, body?: unknown, token?: string) => Promise<T>;
  readonly stop: () => Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const caller =
  (url: string): Server['call'] =>
  async (method, path, body, token) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as never;
  };

export const startServer = async (): Promise<Server> => {
  await buildDashboard();
  const folder = mkdtempSync(join(tmpdir(), 'zendo-e2e-'));
  const port = await freePort();
  const process_ = spawn(process.execPath, [join(root, 'bin', 'zendo.mjs'), 'server', 'start'], {
    cwd: folder,
    env: {
      ...process.env,
      ZENDO_DATA_DIR: folder,
      ZENDO_PORT: String(port),
      ZENDO_LOCAL_STORES: join(folder, 'stores'),
      ZENDO_LOGIN_FAILURES_PER_ADDRESS: '100000',
    },
  });
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()));
  let said = '';
  const setupUrl = await new Promise<string>((resolve, reject) => {
    const listen = (part: Buffer): void => {
      said += part.toString();
      const link = /http:\S+\/setup#token=\S+/.exec(said)?.[0];
      if (link) resolve(link);
    };
    process_.stdout.on('data', listen);
    process_.stderr.on('data', listen);
    void ended.then(() => reject(new Error(`The server did not start:\n${said}`)));
  });
  const url = new URL(setupUrl).origin;
  return {
    url,
    setupUrl,
    stores: join(folder, 'stores'),
    folder,
    call: caller(url),
    stop: async () => {
      process_.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Sets the server up without a browser and answers the administrator's token. */
export const setUp = async (server: Server): Promise<string> => {
  const setup_token = new URL(server.setupUrl).hash.replace('#token=', '');
  const body = {
    setup_token,
    username: 'ada',
    password: PASSWORD,
    full_name: 'Ada Lovelace',
    server_name: 'Garden',
    default_role: 'developer',
  };
  return (await server.call<{ access_token: string }>('POST', '/setup', body)).access_token;
};

/** Invites somebody and signs them up. */
export const addPerson = async (server: Server, admin: string, name: string, more: object = {}): Promise<string> => {
  const invitation = await server.call<{ body: { token: string } }>('POST', '/invitations', { name, ...more }, admin);
  const accepted = await server.call<{ access_token: string }>('POST', '/invitations/accept', {
    token: invitation.body.token,
    password: PASSWORD,
  });
  return accepted.access_token;
};
