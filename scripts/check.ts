// npm run check: everything that can be known without a database or a browser, at once and in seconds.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/paths.ts';
import { node, type Outcome } from './lib/run.ts';

type Check = {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export function checks(): Check[] {
  const all: Check[] = [];
  for (const project of projects()) {
    all.push({ name: `types ${project}`, args: ['node_modules/typescript/bin/tsc', '--project', project] });
  }
  all.push({ name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] });
  all.push({ name: 'format', args: ['node_modules/oxfmt/bin/oxfmt', '--check'] });
  if (existsSync(join(root, 'scripts/generate.ts'))) {
    all.push({ name: 'generated files are current', args: ['scripts/generate.ts', '--check'] });
    all.push({ name: 'the list of settings is current', args: ['scripts/settings-doc.ts', '--check'] });
  }
  const architecture = globSync('{packages/*/src,scripts}/**/architecture.test.ts', { cwd: root });
  if (architecture.length > 0) {
    all.push({
      name: 'architecture',
      args: ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', ...architecture],
      env: { ZENDO_TEST_POSTGRES: 'off' },
    });
  }
  return all;
}

/** The root's project, and those of the packages that it does not include already. */
function projects(): string[] {
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { include: string[] };
  const others = globSync('packages/*/tsconfig.json', { cwd: root }).sort();
  return ['tsconfig.json', ...others.filter((path) => !include.includes(`${dirname(path)}/src`))];
}

/** Names of the checks that failed; what they printed is shown, what the others printed is not. */
export async function check(): Promise<string[]> {
  const failed: string[] = [];
  const started = Date.now();
  const one = async ({ name, args, env }: Check): Promise<void> => {
    const before = Date.now();
    const { code, output }: Outcome = await node(args, env ? { env } : {});
    const seconds = ((Date.now() - before) / 1000).toFixed(1);
    if (code === 0) return console.log(`✓ ${name} (${seconds} s)`);
    failed.push(name);
    console.log(`✗ ${name} (${seconds} s)\n${output.trim()}\n`);
  };
  await Promise.all(checks().map(one));
  console.log(
    `checks: ${failed.length === 0 ? 'all good' : `failed: ${failed.join(', ')}`} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
  return failed;
}

if (import.meta.main) process.exitCode = (await check()).length === 0 ? 0 : 1;
