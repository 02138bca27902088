// Writes docs/settings.md from the one schema of settings; `--check` only says whether it is current.
import { readFile, writeFile } from 'node:fs/promises';
import { settings } from '../packages/server/src/config.ts';

const file = new URL('../docs/settings.md', import.meta.url);
const rows = Object.values(settings).map(
  (entry) =>
    `| \`${entry.env}\` | ${entry.fallback === '' ? '' : `\`${String(entry.fallback)}\``} | ${entry.about.replaceAll('|', '\\|')} |`,
);
const text = `# Settings\nRead from the environment when the server starts. What can be changed while it runs (name, default role, life of invitations) is under *Workspace settings*.\n\n| variable | default | |\n|---|---|---|\n${rows.join('\n')}\n`;
if (process.argv.includes('--check')) {
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error('docs/settings.md is not current: run npm run generate');
    process.exitCode = 1;
  }
} else await writeFile(file, text);
