// Debian packages, where that is possible without asking anybody: as root, with apt.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.ts';

export const canInstall = (): boolean => process.getuid?.() === 0 && which('apt-get') !== null;

let earlier: Promise<unknown> = Promise.resolve();

/** One after the other: apt holds a lock, and what needs a package is prepared side by side. */
export function install(...packages: readonly string[]): Promise<void> {
  const done = earlier.then(() => get(packages));
  earlier = done.catch(() => undefined);
  return done;
}

async function get(packages: readonly string[]): Promise<void> {
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-qq'], options);
  const quiet = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', ['install', ...quiet, ...packages], options);
}

export function which(program: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}
