// npm start: the server with its dashboard, from a check-out. Arguments go on to `zendo server start`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onNode24, root } from '../scripts/lib/node24.mjs';

if (!existsSync(join(root, 'node_modules'))) {
  console.error('Nothing is installed yet. Run: npm ci');
  process.exit(1);
}
await onNode24();

const { buildDashboard } = await import('../scripts/lib/dashboard.ts');
try {
  await buildDashboard();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

process.argv.splice(1, 1, join(root, 'bin', 'zendo.mjs'), 'server', 'start');
await import('./zendo.mjs');
