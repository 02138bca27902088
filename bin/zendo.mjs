#!/usr/bin/env node
// Must parse on Node 18: it only finds a Node that runs the sources and hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants, homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major] = process.versions.node.split('.').map(Number);
if (major >= 24) {
  // Halves the start: the sources are stripped of their types once, not at every call.
  const { XDG_CACHE_HOME, NODE_COMPILE_CACHE } = process.env;
  module.enableCompileCache?.(NODE_COMPILE_CACHE ?? join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'zendo'));
  const { start } = await import('../packages/cli/src/main.ts');
  await start(process.env.ZENDO_PROGRAM ?? (basename(process.argv[1] ?? '').startsWith('zenml') ? 'zenml' : 'zendo'));
} else {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const node = fileURLToPath(new URL(`../node_modules/node-${os}-${process.arch}/${file}`, import.meta.url));
  if (!existsSync(node)) {
    console.error(
      `Error: Zendo needs Node 24 or newer; this is ${process.version}.\n  Next: install Node 24, or run npm install in the folder of Zendo, which brings one.`,
    );
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both processes; only what was sent to this one alone is passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
