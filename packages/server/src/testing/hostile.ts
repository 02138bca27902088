// What the hostile tests share: real connections, a server in a process of its own, every text that a database holds.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { TestServer } from './server.ts';
import { PASSWORD } from './server.ts';

export interface Heard {
  readonly status: number;
  readonly text: string;
  readonly body: any;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** One request over a real connection; headers and body are sent as they are given. */
export const send = (base: string, method: string, path: string, options: { headers?: Record<string, string>; body?: unknown; token?: string } = {}): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const body = options.body === undefined || typeof options.body === 'string' ? (options.body as string | undefined) : JSON.stringify(options.body);
    const headers = {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
      ...options.headers,
    };
    const sent = request({ hostname, port, method, path: `/api/v1${path}`, headers, agent: false }, (answer) => {
      let text = '';
      answer
        .setEncoding('utf8')
        .on('data', (part: string) => {
          text += part;
        })
        .on('end', () => resolve({ status: answer.statusCode!, text, body: parsed(text), headers: answer.headers }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Bytes as they are, for what no HTTP client would send; what comes back until the other side closes or falls silent. */
export const raw = (base: string, text: string, patience = 1_000): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(base);
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setTimeout(patience, () => socket.destroy());
    socket
      .setEncoding('utf8')
      .on('data', (part) => {
        heard += String(part);
      })
      .on('error', () => undefined)
      .on('close', () => resolve(heard));
  });

export const login = (server: TestServer, username: string, password: string = PASSWORD, headers: Record<string, string> = {}) =>
  server.anonymous.post('/login', new URLSearchParams({ username, password }), headers);
export const loginByKey = (server: TestServer, key: string) => server.anonymous.post('/login', new URLSearchParams({ grant_type: 'zenml-api-key', password: key }));

/** Somebody with a new role of just these permissions. */
export const withOnly = async (server: TestServer, name: string, permissions: readonly string[]) => {
  const made = await server.admin.post('/roles', { name: `only-${name}`, permissions });
  if (made.status !== 200) throw new Error(made.text);
  return server.person(name, { roles: [`only-${name}`] });
};

/** Everything that lies in the database, as text: the file and its log on SQLite, every row of every table on PostgreSQL. */
export const everythingStored = async (server: TestServer): Promise<string> => {
  if (server.dialect === 'sqlite') {
    const file = server.app.config.database_url;
    return [file, `${file}-wal`]
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'latin1'))
      .join('\n');
  }
  const db = server.app.database.read;
  const { rows } = await sql<{ table_name: string }>`select table_name from information_schema.tables where table_schema = 'public'`.execute(db);
  const dumps = await Promise.all(
    rows.map(async ({ table_name }) =>
      (await sql<{ text: string }>`select t::text as text from ${sql.table(table_name)} as t`.execute(db)).rows.map((row) => row.text).join('\n'),
    ),
  );
  return dumps.join('\n');
};
export const auditOf = async (server: TestServer): Promise<string> => JSON.stringify(await server.app.database.read.selectFrom('audit_event').selectAll().execute());
export const count = async (server: TestServer, table: string): Promise<number> =>
  Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(server.app.database.read)).rows[0]!.n);

export interface Spawned {
  readonly url: string;
  readonly setup_token: string | null;
  readonly process: ChildProcess;
  readonly log: () => string;
  readonly kill: () => Promise<void>;
}
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A server in a process of its own, with these environment variables. */
export const spawnServer = (env: Readonly<Record<string, string>>): Promise<Spawned> =>
  new Promise((resolve, reject) => {
    const program = `import { startServer } from ${JSON.stringify(MAIN)}; const s = await startServer(); process.stderr.write('READY ' + JSON.stringify({ url: s.url, setup_url: s.setup_url }) + '\\n');`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      env: { PATH: process.env['PATH'], ZENDO_PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [log, ready] = ['', false];
    const gone = new Promise<void>((done) => {
      child.on('exit', () => done());
    });
    const hear = (part: Buffer): void => {
      log += part.toString('utf8');
      const line = ready ? null : /^READY (.*)$/m.exec(log);
      if (!line) return;
      ready = true;
      const { url, setup_url } = JSON.parse(line[1]!) as { url: string; setup_url: string | null };
      log = log.replace(/^READY .*\n/m, '');
      resolve({
        url,
        process: child,
        setup_token: setup_url === null ? null : new URL(setup_url).hash.slice('#token='.length),
        log: () => log,
        kill: async () => {
          child.kill('SIGKILL');
          await gone;
        },
      });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void gone.then(() => {
      if (!ready) reject(new Error(`the server did not start: ${log}`));
    });
  });
