// node scripts/guards.ts [--short] [words of a guard's name]: takes the guards of the server away, one at a time, in a copy, and sees whether the tests notice.
// Ends with 1 where one can be taken away unnoticed, or where an edit no longer fits the source.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { guards, type Guard } from './guards/list.ts';
import { cache, root } from './lib/paths.ts';
import { attempt } from './lib/run.ts';

const SHORT = 6;
const CONFIG = `export default { test: { include: ['packages/server/src/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false, bail: 1 } };\n`;
type Verdict = 'noticed' | 'UNNOTICED' | 'DOES NOT FIT' | 'BROKEN' | 'RED ANYWAY';
interface Result {
  readonly guard: Guard;
  readonly verdict: Verdict;
  readonly seconds: number;
  readonly detail: string;
}

/** A copy of the server's sources that may be spoiled. */
const copy = (name: string): string => {
  const folder = join(cache, 'guards', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'packages'), { recursive: true });
  cpSync(join(root, 'packages/server'), join(folder, 'packages/server'), {
    recursive: true,
    filter: (path) => !/node_modules|[/\\]dist([/\\]|$)/.test(path.slice(root.length)),
  });
  writeFileSync(join(folder, 'vitest.config.ts'), CONFIG);
  return folder;
};

/** Runs test files of the copy on SQLite alone. */
const tests = (folder: string, files: readonly string[], only?: string) =>
  attempt(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      folder,
      '--config',
      join(folder, 'vitest.config.ts'),
      ...files.map((file) => `packages/server/src/${file}`),
      ...(only === undefined ? [] : ['-t', only]),
    ],
    { cwd: folder, env: { ZENDO_TEST_QUICK: '1', NO_COLOR: '1' }, timeout: 180_000 },
  );

const wholes = new Map<string, ReturnType<typeof tests>>();
/** What the tests of a guard say while it is in its place. */
const greenWhole = (folder: string, guard: Guard): ReturnType<typeof tests> => {
  const key = [...guard.tests, guard.only ?? ''].join();
  const known = wholes.get(key) ?? tests(folder, guard.tests, guard.only);
  wholes.set(key, known);
  return known;
};

const remove = async (folder: string, guard: Guard): Promise<Result> => {
  const began = performance.now();
  const result = (verdict: Verdict, detail = ''): Result => ({
    guard,
    verdict,
    detail,
    seconds: (performance.now() - began) / 1000,
  });
  const before = new Map(
    guard.edits.map(({ file }) => [file, readFileSync(join(folder, 'packages/server/src', file), 'utf8')]),
  );
  try {
    const after = new Map(before);
    for (const { file, from, to } of guard.edits) {
      const text = after.get(file)!;
      if (text.split(from).length !== 2)
        return result('DOES NOT FIT', `${file} holds ${text.split(from).length - 1} times: ${from}`);
      after.set(
        file,
        text.replace(from, () => to),
      );
    }
    // Tests that are red by themselves notice nothing.
    const whole = await greenWhole(folder, guard);
    if (whole.code !== 0) return result('RED ANYWAY', whole.output.slice(-1500));
    for (const [file, text] of after) writeFileSync(join(folder, 'packages/server/src', file), text);
    const { code, output } = await tests(folder, guard.tests, guard.only);
    if (code === 0) return result('UNNOTICED', /Tests .*/.exec(output)?.[0] ?? '');
    return /Tests .*\d+ failed|FAIL /.test(output) &&
      !/No test files found|SyntaxError|Failed to parse|PARSE_ERROR/.test(output)
      ? result('noticed')
      : result('BROKEN', output.slice(-600));
  } finally {
    for (const [file, text] of before) writeFileSync(join(folder, 'packages/server/src', file), text);
  }
};

/** Those of the day, so that all come round. */
const ofToday = (all: readonly Guard[]): readonly Guard[] => {
  const day = Math.floor(Date.now() / 86_400_000);
  return Array.from({ length: Math.min(SHORT, all.length) }, (_, i) => all[(day * SHORT + i) % all.length]!);
};

const words = process.argv.slice(2).filter((word) => word !== '--short');
const wanted = process.argv.includes('--short')
  ? ofToday(guards)
  : guards.filter((guard) => guard.name.includes(words.join(' ')));
const open = [...wanted];
const results: Result[] = [];

const worker = async (folder: string): Promise<void> => {
  for (let guard = open.shift(); guard !== undefined; guard = open.shift()) {
    const result = await remove(folder, guard);
    results.push(result);
    console.log(
      `${result.verdict.padEnd(12)} ${result.seconds.toFixed(1).padStart(5)} s  ${guard.name}${result.detail === '' ? '' : `\n             ${result.detail}`}`,
    );
  }
};

// One process, one database: what a surrounding run has set does not count.
delete process.env['ZENDO_TEST_POSTGRES_URL'];
const began = performance.now();
const folders = Array.from({ length: Math.max(1, Math.min(availableParallelism(), 4, wanted.length)) }, (_, i) =>
  copy(String(i)),
);
await Promise.all(folders.map(worker));
const bad = results.filter((result) => result.verdict !== 'noticed');
console.log(
  `${results.length} guards taken away, ${results.length - bad.length} noticed, ${bad.length} not, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
rmSync(join(cache, 'guards'), { recursive: true, force: true });
process.exit(bad.length === 0 && results.length > 0 ? 0 : 1);
