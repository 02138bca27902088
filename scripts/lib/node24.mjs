// Finds a Node that can run the sources as they are. Plain JavaScript that Node 18 can parse: it runs before Node 24 does.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Resolves when this process is new enough; otherwise runs the same command with the Node that npm brought, and ends with it. */
export async function onNode24() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return;
  const node = broughtNode();
  if (node === null) {
    console.error(
      `This is Node ${process.versions.node}; Zendo needs Node ${NEEDED} or newer, and npm brought none for ` +
        `${process.platform} ${process.arch}.\nEither install Node ${NEEDED} (https://nodejs.org), or, on Linux and Windows, ` +
        `run npm ci without --omit=optional.`,
    );
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both processes; only what was sent to this one alone is passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(`Could not run ${node}: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
  await new Promise(() => {});
}

function broughtNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
  return existsSync(node) ? node : null;
}
