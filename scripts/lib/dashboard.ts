// Builds the dashboard where the built one is missing or older than what it is made of.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.ts';
import { node } from './run.ts';

const home = join(root, 'packages', 'dashboard');
const built = join(home, 'dist', 'index.html');
const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json', '../client/src', '../api/types.d.ts'];

export async function buildDashboard(): Promise<'built' | 'current'> {
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources.map((path) => newest(join(home, path))))) {
    return 'current';
  }
  const manifest = createRequire(join(home, 'package.json')).resolve('vite/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { vite: string } };
  process.stderr.write('Building the dashboard …\n');
  const { code, output } = await node([join(dirname(manifest), bin.vite), 'build', '--logLevel', 'warn'], {
    cwd: home,
    // A test runner says `test` here, and then React would be built as for development: twice the requests.
    env: { NODE_ENV: 'production' },
  });
  if (code !== 0 || !existsSync(built)) throw new Error(`The dashboard could not be built:\n${output}`);
  return 'built';
}

function newest(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
