// Writes what other packages build on: the OpenAPI document, its types, the manifest. `--check` only says whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { registryAlone } from '../packages/server/src/describe.ts';
import { manifestOf, openApiOf } from '../packages/server/src/http/openapi.ts';

const folder = fileURLToPath(new URL('../packages/api/', import.meta.url));
const registry = registryAlone();
const files: Readonly<Record<string, string>> = {
  'openapi.json': `${JSON.stringify(openApiOf(registry), null, 1)}\n`,
  'manifest.json': `${JSON.stringify(manifestOf(registry), null, 1)}\n`,
};
const changed: string[] = [];
for (const [name, text] of Object.entries(files)) {
  const before = await readFile(folder + name, 'utf8').catch(() => '');
  if (before === text) continue;
  changed.push(name);
  if (!process.argv.includes('--check')) await writeFile(folder + name, text);
}
if (process.argv.includes('--check')) {
  if (changed.length > 0) {
    console.error(`packages/api is not current (${changed.join(', ')}): run npm run generate`);
    process.exitCode = 1;
  }
} else {
  const made = spawnSync('npx', ['--no', 'openapi-typescript', 'openapi.json', '-o', 'types.d.ts', '--root-types'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (made.status !== 0) process.exitCode = 1;
  else
    console.log(
      changed.length > 0 ? `packages/api: wrote ${changed.join(', ')} and types.d.ts` : 'packages/api is current',
    );
}
