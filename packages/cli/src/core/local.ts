import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

type Local = typeof import('@zendo/server/local');

const stamp = (file: string): string => {
  const { size, mtimeMs } = statSync(file);
  return `${file}:${size}:${mtimeMs}`;
};

// Any change of the server's sources, of its dependencies or of Node makes another name.
const fingerprint = (sources: string, modules: string): string => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const all = [...files.toSorted().map((file) => join(sources, file)), join(modules, '.package-lock.json')];
  return createHash('sha256')
    .update([process.version, ...all.map(stamp)].join('\n'))
    .digest('hex')
    .slice(0, 16);
};

// In one file, each source must still find what lies beside it.
const keepPlaces = (sources: string): Plugin => ({
  name: 'keep-places',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!path.startsWith(sources)) return undefined;
      const here = JSON.stringify(pathToFileURL(path).href);
      return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', here), loader: 'ts' };
    }),
});

// An ESM import of node:http reads its every export, and with WebSocket loads all of fetch: a tenth of the start.
const plainHttp: Plugin = {
  name: 'plain-http',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^node:https?$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }));
  },
};

// A thousand small modules take longer to find than to run. One file of them starts in a quarter of the time.
const build = async (entry: string, file: string): Promise<void> => {
  const { build: bundle } = await import('esbuild');
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  await bundle({
    entryPoints: [entry],
    outfile: draft,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['pg-native'],
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'silent',
    plugins: [keepPlaces(dirname(entry)), plainHttp],
    banner: {
      js: "import { createRequire as zendoRequire } from 'node:module'; const require = zendoRequire(import.meta.url);",
    },
  });
  renameSync(draft, file);
  for (const old of readdirSync(dirname(file))) {
    const path = join(dirname(file), old);
    if (path !== file && Date.now() - statSync(path).mtimeMs > 60_000) rmSync(path, { force: true });
  }
};

/**
 * The server for local mode: its sources made into one file, once, and kept beside the dependencies; or the sources
 * themselves where that is not possible (no esbuild, a folder that cannot be written).
 */
export const loadLocal = async (): Promise<Local> => {
  try {
    const entry = fileURLToPath(import.meta.resolve('@zendo/server/local'));
    const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
    const file = join(modules, '.cache', 'zendo', `local-${fingerprint(dirname(entry), modules)}.mjs`);
    if (!statSync(file, { throwIfNoEntry: false })) await build(entry, file);
    return (await import(pathToFileURL(file).href)) as Local;
  } catch {
    return import('@zendo/server/local');
  }
};
