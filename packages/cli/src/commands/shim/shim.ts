import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, group, text } from '../../core/command.ts';
import type { Context } from '../../core/context.ts';
import { CliError, exit } from '../../core/faults.ts';
import { columns } from '../../output/columns.ts';
import { mark, ours, script } from './script.ts';

const launcher = fileURLToPath(new URL('../../../../../bin/zendo.mjs', import.meta.url));
const dir = text('folder (~/.local/bin)', { value: 'folder' });
const fileIn = (folder: string | undefined) => join(resolve(folder ?? join(homedir(), '.local', 'bin')), 'zenml');

const isOurs = (file: string): boolean => {
  try {
    return readFileSync(file, 'utf8').includes(`\n${mark}`);
  } catch {
    return false;
  }
};

const isRunnable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (ctx: Context): string[] =>
  [
    ...new Set(
      (ctx.env.PATH ?? '')
        .split(delimiter)
        .filter(Boolean)
        .map((folder) => join(resolve(folder), 'zenml')),
    ),
  ].filter(isRunnable);

/** How the shell resolves the name: the first file on PATH wins. */
const explainOrder = (ctx: Context, file: string): void => {
  const found = onPath(ctx);
  if (!found.includes(file))
    ctx.say(`Warning: ${file} is not on PATH, so nothing calls it yet. Add its folder in front of the others.`);
  else if (found[0] !== file)
    ctx.say(`Warning: ${found[0]} comes first on PATH and hides it. Put the folder of ${file} in front.`);
  const python = found.find((one) => one !== file && !isOurs(one));
  ctx.say(
    python
      ? `Everything else goes to ${python}.`
      : 'There is no Python client on PATH: every other zenml command will say so.',
  );
};

const foreign = (file: string) =>
  new CliError(`${file} is there already and is not ours; it stays as it is`, exit.conflict, [
    'Next: choose another folder with --dir, in front of it on PATH.',
  ]);

const install = command({
  name: 'install',
  summary: 'Put a zenml script into a folder',
  notes: `It sends ${ours.slice(0, -1).join(', ')} and "project members" to Zendo, and everything else to the Python client that comes next on PATH. A file that is not ours is never overwritten.`,
  options: { dir },
  run: async (ctx, input) => {
    if (process.platform === 'win32')
      throw new CliError('the shim is a shell script, which Windows does not run', exit.failed, ['Use zendo itself.']);
    const file = fileIn(input.dir);
    if (existsSync(file) && !isOurs(file)) throw foreign(file);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, script(process.execPath, launcher), { mode: 0o755 });
    chmodSync(file, 0o755);
    ctx.say('Installed:');
    ctx.out.lines(file);
    explainOrder(ctx, file);
  },
});

const remove = command({
  name: 'remove',
  aliases: ['uninstall'],
  summary: 'Take the script away again',
  options: { dir },
  run: async (ctx, input) => {
    const file = fileIn(input.dir);
    if (!existsSync(file)) throw new CliError(`there is no ${file}`, exit.notFound);
    if (!isOurs(file)) throw foreign(file);
    rmSync(file);
    ctx.say(`Removed ${file}. A shell may remember it until hash -r.`);
  },
});

type Found = { readonly path: string; readonly kind: string; readonly called: string };

const status = command({
  name: 'status',
  summary: 'Which files answer to the name zenml, in the order of PATH',
  options: { dir },
  run: async (ctx, input) => {
    const wanted = fileIn(input.dir);
    const files = [...new Set([...onPath(ctx), ...(existsSync(wanted) ? [wanted] : [])])];
    const path = onPath(ctx);
    const rows = files.map((file): Found => ({
      path: file,
      kind: isOurs(file) ? 'shim' : 'foreign',
      called: file === path[0] ? 'yes' : 'no',
    }));
    if (!rows.length) ctx.say('Nothing answers to the name zenml.');
    await ctx.out.list(
      rows,
      rows,
      columns<Found>({ path: (one) => one.path, kind: (one) => one.kind, called: (one) => one.called }),
    );
  },
});

export const shim = group({
  name: 'shim',
  summary: 'Offer these commands under the name zenml',
  commands: [install, remove, status],
});
