// Python environments with one exact package in them, made once and kept below .cache.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, install, which } from './apt.ts';
import { cache } from './paths.ts';
import { attempt, run } from './run.ts';

export const clientVersion = '0.98.0';
/** Versions that people still run, which must work too. */
export const olderClients = ['0.97.0', '0.94.6'] as const;

const making = new Map<string, Promise<string>>();
/** Folder of a complete environment: `bin/python` and the package's own programs are in it. Made once, also where several ask. */
const ensureEnvironment = (folder: string, requirement: string): Promise<string> => {
  const made = making.get(folder) ?? make(folder, requirement);
  making.set(folder, made);
  return made;
};

async function make(folder: string, requirement: string): Promise<string> {
  const marker = join(folder, '.complete');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === requirement) return folder;
  rmSync(folder, { recursive: true, force: true });
  await createEnvironment(folder);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
  await run(join(folder, 'bin', 'python'), [...pip, requirement]);
  writeFileSync(marker, requirement);
  return folder;
}

/** The genuine server of that version, which the tests hold ours against. */
export const ensureServer = (): Promise<string> =>
  ensureEnvironment(join(cache, `venv-zenml-server-${clientVersion}`), `zenml[server]==${clientVersion}`);

/** Where the environment of a client is kept. */
export const clientFolder = (version: string = clientVersion): string => join(cache, `venv-zenml-${version}`);
/** The genuine client, of the version that we speak or another one. */
export const ensureClient = (version: string = clientVersion): Promise<string> =>
  ensureEnvironment(clientFolder(version), `zenml==${version}`);

/** A server that speaks S3 and checks signatures, for tests. */
export const ensureS3 = (): Promise<string> =>
  ensureEnvironment(join(cache, 'venv-moto-5.2.5'), 'moto[server,s3]==5.2.5');

async function createEnvironment(folder: string): Promise<void> {
  if (which('python3') === null) {
    if (!canInstall())
      throw new Error('Python 3 with its venv module is needed (Debian: sudo apt-get install python3-venv).');
    await install('python3', 'python3-venv');
  }
  const { code, output } = await attempt('python3', ['-m', 'venv', folder]);
  if (code === 0) return;
  // Debian keeps venv in a package of its own and says so only when it is used.
  if (!canInstall()) throw new Error(`python3 -m venv failed:\n${output}`);
  await install('python3-venv');
  rmSync(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder]);
}
