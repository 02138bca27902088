// The picture in docs/architecture.md, as tests: which way dependencies point, and how big things may get.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importsOf, linesOf, sources } from './lib/sources.ts';

const all = sources();
const code = all.filter(({ path }) => !/\.test\.tsx?$|\/testing\/|\/e2e\//.test(path));
const below = (folder: string) => code.filter(({ path }) => path.startsWith(folder));
const server = 'packages/server/src/';
const resources = readdirSync(new URL(`../${server}resources`, import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** `path imports target` for everything below the folder that is not among what it may import. */
const strangers = (folder: string, allowed: RegExp): string[] =>
  below(folder).flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => !allowed.test(target))
      .map(({ target }) => `${file.path} imports ${target}`),
  );

test('the kernel imports itself, kysely, typebox and node, nothing else', () => {
  expect(
    strangers(`${server}kernel/`, /^(node:|kysely$|kysely\/|typebox$|typebox\/|packages\/server\/src\/kernel\/)/),
  ).toEqual([]);
});

// Who acts and where belongs to the access model, which the kernel does know.
const accessModel = ['account', 'service_account', 'team', 'project'];

test('the kernel names no resource: it knows them by what they declare', () => {
  const others = resources.filter((name) => !accessModel.includes(name));
  const named = new RegExp(`(['"\`])(${others.join('|')})s?\\1`);
  const found = below(`${server}kernel/`).filter(({ text }) => named.test(text));
  expect(found.map(({ path, text }) => `${path}: ${named.exec(text)?.[0]}`)).toEqual([]);
});

test('http never touches the database', () => {
  const found = strangers(`${server}http/`, /^(?!kysely|pg$|node:sqlite|packages\/server\/src\/db\/)/);
  expect(found).toEqual([]);
});

test('resources, the access model and the log-in know nothing of http', () => {
  const found = ['resources', 'access', 'auth'].flatMap((folder) =>
    strangers(`${server}${folder}/`, /^(?!fastify|@fastify\/|packages\/server\/src\/http\/)/),
  );
  expect(found).toEqual([]);
});

test('clients never import the server; the command line loads it only when it has to run one', () => {
  const found = ['packages/client/', 'packages/cli/', 'packages/dashboard/'].flatMap((folder) =>
    below(folder).flatMap((file) =>
      importsOf(file)
        .filter(
          ({ target, dynamic }) =>
            /^(@zendo\/server|packages\/server\/)/.test(target) && !(dynamic && folder === 'packages/cli/'),
        )
        .map(({ target }) => `${file.path} imports ${target}`),
    ),
  );
  expect(found).toEqual([]);
});

test('the environment is read in one place of the server', () => {
  const found = below(server).filter(({ path, text }) => text.includes('process.env') && path !== `${server}config.ts`);
  expect(found.map(({ path }) => path)).toEqual([]);
});

test('there are no classes but errors', () => {
  const declared = /^\s*(?:export )?(?:default )?(?:abstract )?class (\w+)\b(?! extends \w*Error\b)/m;
  const found = code.filter(({ text }) => declared.test(text));
  expect(found.map(({ path, text }) => `${path}: ${declared.exec(text)?.[1]}`)).toEqual([]);
});

test('files stay small: median 80 lines, nine of ten below 200, none above 400', () => {
  const lengths = code.map(linesOf).toSorted((a, b) => a - b);
  const at = (share: number): number => lengths[Math.floor((lengths.length - 1) * share)] ?? 0;
  expect(at(0.5)).toBeLessThanOrEqual(80);
  expect(at(0.9)).toBeLessThanOrEqual(200);
  expect(all.filter((file) => linesOf(file) > 400).map(({ path }) => path)).toEqual([]);
});

test('the kernel stays below 2,800 lines, a declared resource below 120', () => {
  const sum = below(`${server}kernel/`).reduce((total, file) => total + linesOf(file), 0);
  expect(sum).toBeLessThanOrEqual(2800);
  const long = resources.flatMap((name) =>
    below(`${server}resources/${name}/${name}.ts`).filter((file) => linesOf(file) > 120),
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});
