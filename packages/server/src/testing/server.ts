// A real server on a real database for tests: a SQLite file or a PostgreSQL database of its own, and people to act as.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { timestamp, type Clock } from '../kernel/context.ts';
import { TEST_KEY } from './rows.ts';
import { startServer, type Running, type StartOptions } from '../main.ts';

export type Dialect = 'sqlite' | 'postgres';
/** The databases that tests run on; PostgreSQL where the test command brought one. */
export const dialects: readonly Dialect[] = process.env['ZENDO_TEST_POSTGRES_URL'] === undefined ? ['sqlite'] : ['sqlite', 'postgres'];
export const PASSWORD = 'correct horse battery';

export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}
/** Calls the API as one person. */
export interface Person {
  readonly name: string;
  readonly token: string;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly put: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly patch: (path: string, body?: unknown) => Promise<Answer>;
  readonly del: (path: string, body?: unknown) => Promise<Answer>;
}
export interface TestServer extends Running {
  readonly dialect: Dialect;
  /** Moves the server's clock. */
  readonly shift: (seconds: number) => void;
  readonly admin: Person;
  readonly anonymous: Person;
  /** Somebody new with these roles (none where empty), teams and roles in projects. */
  readonly person: (
    name: string,
    joining?: { roles?: readonly string[]; teams?: readonly string[]; projects?: readonly { project: string; role: string }[] },
  ) => Promise<Person>;
  readonly as: (name: string, token: string) => Person;
}

/** The address of a new, empty database. */
export const emptyDatabase = async (dialect: Dialect): Promise<{ url: string; drop: () => Promise<void> }> => {
  if (dialect === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'zendo-test-'));
    return { url: join(folder, 'zendo.db'), drop: async () => rmSync(folder, { recursive: true, force: true }) };
  }
  const server = process.env['ZENDO_TEST_POSTGRES_URL']!;
  const name = `zendo_${randomBytes(8).toString('hex')}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name} template template0 encoding 'UTF8' locale 'C'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
};

const caller = (running: Running, name: string, token: string): Person => {
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, extra: Record<string, string> = {}): Promise<Answer> => {
    const form = body instanceof URLSearchParams;
    const result = await running.server.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        host: 'localhost',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
        ...extra,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : form ? body.toString() : JSON.stringify(body) }),
    });
    const parse = () => {
      try {
        return JSON.parse(result.payload);
      } catch {
        return null;
      }
    };
    return { status: result.statusCode, body: parse(), text: result.payload, headers: result.headers };
  };
  return {
    name,
    token,
    get: (p, h) => send('GET', p, undefined, h),
    post: (p, b, h) => send('POST', p, b ?? {}, h),
    put: (p, b, h) => send('PUT', p, b ?? {}, h),
    patch: (p, b) => send('PATCH', p, b ?? {}),
    del: (p, b) => send('DELETE', p, b),
  };
};

/** Starts a server that is set up, with `admin` logged in. Close it with `close()`. */
export const testServer = async (dialect: Dialect = 'sqlite', options: StartOptions = {}): Promise<TestServer> => {
  const { url, drop } = await emptyDatabase(dialect);
  let moved = 0n;
  let last = 0n;
  // Real time, moved by the test, never standing still.
  const clock: Clock = () => {
    const now = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) + moved;
    last = now > last ? now : last + 1n;
    return timestamp(last);
  };
  const running = await startServer({ database_url: url, listen: false, log_level: 'silent', clock, secrets_key: TEST_KEY.toString('base64'), ...options });
  const as = (name: string, token: string) => caller(running, name, token);
  const anonymous = as('anonymous', '');
  const made = await anonymous.post('/setup', {
    setup_token: new URLSearchParams(new URL(running.setup_url!).hash.slice(1)).get('token'),
    username: 'admin',
    password: PASSWORD,
  });
  if (made.status !== 200) throw new Error(`set-up failed: ${made.text}`);
  const admin = as('admin', made.body.access_token);
  return {
    ...running,
    dialect,
    admin,
    anonymous,
    as,
    shift: (seconds) => {
      moved += BigInt(Math.round(seconds * 1e6));
      last = 0n;
    },
    person: async (name, joining = {}) => {
      const created = await admin.post('/users', { name, password: PASSWORD, roles: [], ...joining });
      if (created.status !== 200) throw new Error(`could not create ${name}: ${created.text}`);
      const login = await anonymous.post('/login', new URLSearchParams({ username: name, password: PASSWORD }));
      return as(name, login.body.access_token);
    },
    close: async () => {
      await running.close();
      await drop();
    },
  };
};
