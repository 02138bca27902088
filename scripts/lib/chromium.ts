// The browser of the end-to-end tests: a real Chromium, the one given, found, or installed from Debian.
import { existsSync } from 'node:fs';
import { canInstall, install, which } from './apt.ts';
import { attempt } from './run.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export function findChromium(): string | null {
  const given = process.env['ZENDO_CHROMIUM'];
  if (given) {
    if (!existsSync(given)) throw new Error(`ZENDO_CHROMIUM names ${given}, which does not exist.`);
    return given;
  }
  return names.map(which).find((path) => path !== null) ?? applications.find((path) => existsSync(path)) ?? null;
}

export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== null) {
    if (!(await hasFonts()) && canInstall()) await install('fonts-liberation');
    return found;
  }
  if (!canInstall()) {
    throw new Error(
      'The browser tests need Chromium, and there is none. Install it (Debian and Ubuntu: sudo apt-get install chromium) ' +
        'or name one with ZENDO_CHROMIUM=/path/to/chromium.',
    );
  }
  await install('chromium', 'fonts-liberation');
  const installed = findChromium();
  if (installed === null)
    throw new Error('apt-get installed Chromium, but there is no such program on the search path.');
  return installed;
}

/** Without any font Chromium draws boxes, and widths in the tests mean nothing. */
async function hasFonts(): Promise<boolean> {
  if (which('fc-list') === null) return process.platform !== 'linux';
  return (await attempt('fc-list', [])).output.trim() !== '';
}
