// Bars that are tests already: they are run, and counted.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { node } from '../../../scripts/lib/run.ts';
import { allOf, type Bars, type Figure, unmeasured } from './bar.ts';

interface Test {
  readonly fullName: string;
  readonly status: string;
}
interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Test[]; readonly message?: string }[];
}
interface Ran {
  readonly tests: readonly Test[];
  readonly output: string;
}

/** Runs test files and answers what each test in them came to, and what they printed. */
const runTests = async (project: string, files: readonly string[], wanted?: string): Promise<Ran> => {
  const reports = mkdtempSync(join(tmpdir(), 'zendo-bars-'));
  const file = join(reports, 'report.json');
  const { output } = await node(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=json',
      '--reporter=default',
      `--outputFile.json=${file}`,
      ...(wanted ? ['-t', wanted] : []),
      ...files,
    ],
    { cwd: root, env: project === 'unit' ? { ZENDO_TEST_POSTGRES: 'off' } : {} },
  );
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    return { tests: report.testResults.flatMap((one) => one.assertionResults).filter(ran), output };
  } catch {
    throw new Error(`${files.join(' ')} did not run:\n${output.slice(-3000)}`);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
};
const ran = (test: Test): boolean => ['passed', 'failed'].includes(test.status);

const counted = (bar: number, what: string, tests: readonly Test[]): Figure => {
  const failed = tests.filter((test) => test.status !== 'passed');
  for (const test of failed) process.stderr.write(`  failed: ${test.fullName}\n`);
  return allOf(bar, what, tests.length - failed.length, tests.length);
};

const folder = join(root, 'packages/dashboard/e2e');
/** Those test files of the dashboard in which these words stand. */
const filesWith = (words: RegExp): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts') && words.test(readFileSync(join(folder, file), 'utf8')))
    .map((file) => `packages/dashboard/e2e/${file}`);

export const axe: Bars = {
  numbers: [1],
  measure: async () => {
    const { tests } = await runTests('e2e', filesWith(/axe finds nothing/));
    const looks = tests.filter((test) =>
      /^(axe finds nothing|outside|inside|opened|for a guest)/.test(test.fullName.trim()),
    );
    return [counted(1, 'pages and dialogs on which axe finds nothing, light and dark, 390 and 1440 wide', looks)];
  },
};

/** Journeys that must be possible by keys alone, and the tests that make them. */
const journeys: readonly [string, RegExp][] = [
  ['log in', /^log in$/],
  ['invite', /^invite/],
  ['assign a role', /^assign a role/],
  ['sign up', /^sign up/],
  ['share', /shar.*(keyboard|keys)|(keyboard|keys).*shar/i],
  ['find the failed step', /fail.*(keyboard|keys|without a mouse)|(keyboard|keys).*fail/i],
  ['register a component and a stack', /by keyboard/],
  ['Esc closes and gives the focus back', /^Esc/],
];

export const keyboard: Bars = {
  numbers: [2],
  measure: async () => {
    const { tests } = await runTests('e2e', filesWith(/by keyboard|by keys|keyboard\.press/));
    return journeys.map(([what, name]) => {
      const found = tests.filter((test) => name.test(test.fullName.trim()));
      return found.length > 0
        ? counted(2, `by keys alone: ${what}`, found)
        : unmeasured(2, `by keys alone: ${what}`, 'no test makes this journey', 'all');
    });
  },
};

export const reasons: Bars = {
  numbers: [13],
  measure: async () => {
    const { tests, output } = await runTests('unit', ['packages/server/src/access/oracle.test.ts']);
    const decisions = [...output.matchAll(/([\d,]+) decisions/g)].map(([, n]) => Number(n?.replaceAll(',', '')));
    return [
      counted(13, 'access/oracle.test.ts: the predicate, a naive reading and Cedar decide alike', tests),
      {
        bar: 13,
        what: 'decisions in it that were compared',
        measured: decisions.length > 0 ? Math.max(...decisions).toLocaleString('en') : 'not printed',
        limit: '≥ 10,000',
        ok: decisions.length > 0 ? Math.max(...decisions) >= 10_000 : null,
      },
    ];
  },
};

export const seedLines: Bars = {
  numbers: [15],
  measure: async () => {
    const lines = await runTests('unit', ['packages/cli/src/seed.test.ts']);
    const links = await runTests('e2e', ['packages/dashboard/e2e/addresses.test.ts']);
    return [
      counted(15, 'command lines of the original, as zenml and as zendo', lines.tests),
      counted(15, 'addresses that genuine clients print', links.tests),
    ];
  },
};
