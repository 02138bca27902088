// Runs a throw-away PostgreSQL from the binaries that npm brings. Knows initdb and postgres; knows nothing of Zendo.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../lib/port.ts';
import { type Identity, prepareBinaries } from './binaries.ts';

export type Cluster = { readonly url: string; readonly stop: () => Promise<void> };

const NOBODY = 65_534;

export async function startCluster(): Promise<Cluster> {
  const home = mkdtempSync(join(tmpdir(), 'zendo-postgres-'));
  // PostgreSQL refuses to run as root; an account that exists everywhere and owns nothing is enough for it.
  const identity: Identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  try {
    if (identity.uid !== undefined) chownSync(home, NOBODY, NOBODY);
    const binaries = await prepareBinaries(home, identity);
    const data = join(home, 'data');
    const options = { ...identity, cwd: home, env: { ...process.env, LC_ALL: 'C', LANG: 'C' } };
    await promisify(execFile)(
      binaries.initdb,
      [`--pgdata=${data}`, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
      options,
    );
    const port = await freePort();
    const server = spawn(binaries.postgres, ['-D', data, '-p', String(port), ...settings()], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const dismiss = undertaker(server, home);
    await ready(server);
    const stop = async (): Promise<void> => {
      dismiss();
      await stopped(server);
      rmSync(home, { recursive: true, force: true });
    };
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** Cleans up when this process is gone, however it ended: its input then closes, which even SIGKILL cannot prevent. */
function undertaker(server: ChildProcess, home: string): () => void {
  if (process.platform === 'win32') return () => undefined;
  const script = 'cat >/dev/null; kill -QUIT "$1" 2>/dev/null; sleep 1; rm -rf "$2"';
  const child = spawn('/bin/sh', ['-c', script, 'sh', String(server.pid), home], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  return () => void child.kill('SIGKILL');
}

/** Durability is traded for speed: nothing in this cluster outlives the tests. */
function settings(): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '128MB',
    max_wal_size: '4GB',
    autovacuum: 'off',
    timezone: 'UTC',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL did not start (exit ${code}):\n${log}`)));
  });
}

/** An immediate shutdown: there is nothing worth a checkpoint. */
function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGQUIT');
  });
}
