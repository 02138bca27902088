// What browser and compatibility tests are run with, whether npm test or Vitest itself started them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../lib/chromium.ts';
import { clientFolder } from '../lib/python.ts';

export function chromiumPath(): string {
  const path = findChromium();
  if (path === null) throw new Error('No Chromium: npm test -- --only e2e installs it, or set ZENDO_CHROMIUM.');
  return path;
}

/** Python of the environment that holds the genuine client; its programs lie beside it. */
export function pythonPath(): string {
  const path = process.env['ZENDO_TEST_PYTHON'] ?? join(clientFolder(), 'bin', 'python');
  if (!existsSync(path)) throw new Error('No Python client: npm test -- --only compat installs it.');
  return path;
}
