// npm run lock: after a change of dependencies. Writes the lock, complete for every system and without registry addresses.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complete, type Lock } from './lib/lock.ts';
import { root } from './lib/paths.ts';
import { run } from './lib/run.ts';

const file = join(root, 'package-lock.json');
await run('npm', ['install', '--package-lock-only', '--no-audit']);
const { lock, added } = complete(JSON.parse(readFileSync(file, 'utf8')) as Lock);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock was complete.' : `Added to the lock:\n${added.join('\n')}`);
