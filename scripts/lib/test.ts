// Everything behind npm test: tools, checks, dashboard, Vitest, and one line that says how it went.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from '../check.ts';
import { ensureChromium } from './chromium.ts';
import { buildDashboard } from './dashboard.ts';
import { cache, root } from './paths.ts';
import { ensureClient, ensureS3, ensureServer, olderClients } from './python.ts';
import { emptyProjects, type Report, totals } from './report.ts';
import { node } from './run.ts';

const parts = ['check', 'unit', 'compat', 'e2e'];
const MINUTES = 60_000;
const problems: string[] = [];

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const chosen = (values.only ?? parts).flatMap((part) => part.split(','));
const unknown = chosen.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`--only takes ${parts.join(', ')}; not ${unknown.join(', ')}.`);
  process.exit(2);
}
const wants = (part: string): boolean => chosen.includes(part);

mkdirSync(cache, { recursive: true });
// The downloads wait for the network while the checks use the processor.
const [chromium, python] = await Promise.all([
  wants('e2e') ? step('Chromium', ensureChromium) : undefined,
  wants('compat') ? pythons() : undefined,
  wants('check') ? checkAll() : undefined,
]);
if (wants('e2e')) await step('dashboard', buildDashboard);

const projects = parts.filter((part) => part !== 'check' && wants(part));
const result = projects.length > 0 ? await vitest(projects) : { passed: 0, failed: 0, skipped: 0 };

for (const problem of problems) console.log(`✗ ${problem}`);
if (result.skipped > 0) console.log(`${result.skipped} skipped`);
const failed = result.failed + problems.length;
console.log(`${result.passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** One after the other: Debian's package of venv may have to be installed first. */
async function pythons(): Promise<string | undefined> {
  const client = await step('Python client', () => ensureClient());
  await step('genuine server', ensureServer);
  await step('S3 server', ensureS3);
  for (const version of olderClients) await step(`Python client ${version}`, () => ensureClient(version));
  return client;
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
  const started = Date.now();
  try {
    const value = await work();
    console.log(`✓ ${name}: ${String(value)} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return value;
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    console.error(`✗ ${problems.at(-1)}`);
    return undefined;
  }
}

async function checkAll(): Promise<void> {
  for (const name of await check()) problems.push(`check: ${name}`);
}

async function vitest(names: readonly string[]): Promise<{ passed: number; failed: number; skipped: number }> {
  const file = join(cache, 'test-report.json');
  rmSync(file, { force: true });
  const only = names.flatMap((name) => ['--project', name]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await node(['node_modules/vitest/vitest.mjs', 'run', ...only, ...reporters], {
    output: 'show',
    timeout: 50 * MINUTES,
    env: {
      ...(chromium ? { ZENDO_CHROMIUM: chromium } : {}),
      ...(python ? { ZENDO_TEST_PYTHON: join(python, 'bin', 'python') } : {}),
    },
  });
  if (!existsSync(file)) {
    problems.push(`Vitest ended with ${code} and left no report`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const counted = totals(report);
  for (const name of emptyProjects(report, root, names)) problems.push(`no tests ran in project ${name}`);
  if (code !== 0 && counted.failed === 0)
    problems.push(`Vitest ended with ${code} although no test failed: see the errors above`);
  return counted;
}
