import { readFileSync } from 'node:fs';
import { path, type Client, type Secret } from '@zendo/client';
import { anyArgs, arg, command, flag, group, many, text } from '../core/command.ts';
import type { Context } from '../core/context.ts';
import { ago } from '../core/duration.ts';
import { CliError, exit, usage } from '../core/faults.ts';
import { listCommand } from '../core/list.ts';
import { readAll } from '../core/prompt.ts';
import { done } from '../core/show.ts';
import { columns } from '../output/columns.ts';

const secretColumns = columns<Secret>({
  name: (secret) => secret.name,
  private: (secret) => (secret.body.private ? 'yes' : 'no'),
  owner: (secret) => secret.resources?.user?.name,
  created: (secret) => ago(secret.body.created),
  'id?': (secret) => secret.id,
});

const name = arg('name or id');
const WRITTEN =
  'A value is written KEY=VALUE (others on this machine can read it in the process list), KEY=@FILE (the text of a file; KEY=@@x is the text @x), or KEY alone: it is asked for, and not shown. --values-stdin takes them from stdin: a JSON object, or lines KEY=VALUE.';
const stdin = { values_stdin: flag('read keys and values from stdin: JSON, or lines KEY=VALUE') };

/** The secret with this id or name; of several the one that is not private, as the Python client has it. Errors: not found. */
const find = async (api: Client, wanted: string): Promise<Secret> => {
  if (/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(wanted)) return api.get<Secret>(path`/secrets/${wanted}`);
  const { items } = await api.get<{ items: readonly Secret[] }>('/secrets', { name: `equals:${wanted}` });
  const found = items.find((secret) => !secret.body.private) ?? items[0];
  if (found === undefined)
    throw new CliError(`There is no secret '${wanted}', or you may not see it`, exit.notFound, [
      'zendo secret list shows those that you see.',
    ]);
  return found;
};

type Pairs = Record<string, string>;
const split = (pair: string): [string, string | null] => {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, null] : [pair.slice(0, at), pair.slice(at + 1)];
};
const fromStdin = async (): Promise<Pairs> => {
  const given = await readAll('--values-stdin');
  if (!given.trimStart().startsWith('{')) {
    const lines = given.split(/\r?\n/).filter((line) => line.trim() !== '');
    return Object.fromEntries(
      lines.map((line, i) => {
        const [key, value] = split(line);
        if (key === '' || value === null) throw usage(`--values-stdin: line ${i + 1} is not KEY=VALUE`);
        return [key, value];
      }),
    );
  }
  let document: unknown;
  try {
    document = JSON.parse(given);
  } catch {
    throw usage('--values-stdin: what came in is no JSON');
  }
  if (Object.values(document as Pairs).some((value) => typeof value !== 'string'))
    throw usage('--values-stdin: each value must be text');
  return document as Pairs;
};
const fromFile = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`${file} cannot be read: ${(error as Error).message}`);
  }
};

/** The keys and values that a command line names. Errors: usage. */
const values = async (ctx: Context, pairs: readonly string[], stdin_too: boolean): Promise<Pairs> => {
  const found: Pairs = stdin_too ? await fromStdin() : {};
  let open = false;
  for (const pair of pairs) {
    const [key, value] = split(pair);
    if (key === '') throw usage(`${pair}: write it as KEY=VALUE, KEY=@FILE or KEY`);
    if (value === null)
      found[key] = await ctx.ask.password(`Value of ${key}`, `a value for ${key}: ${key}=@FILE or --values-stdin`);
    else if (value.startsWith('@@')) found[key] = value.slice(1);
    else if (value.startsWith('@')) found[key] = fromFile(value.slice(1));
    else [found[key], open] = [value, true];
  }
  if (open)
    ctx.say(
      'Warning: values on the command line can be read by others on this machine; KEY=@FILE, KEY alone and --values-stdin cannot.',
    );
  return found;
};

const create = command({
  name: 'create',
  summary: 'Create a secret',
  notes: WRITTEN,
  examples: ['secret create registry username=ci password', 'secret create gcp key=@key.json --private'],
  args: { name: arg('name'), pair: anyArgs('KEY=VALUE, KEY=@FILE or KEY') },
  options: { private: flag('for yourself alone', { short: 'p' }), ...stdin },
  run: async (ctx, input) => {
    const given = await values(ctx, input.pair, input.values_stdin);
    if (!Object.keys(given).length) throw usage('a secret needs at least one KEY=VALUE');
    const api = await ctx.api();
    const made = await api.post<Secret>('/secrets', { name: input.name, private: input.private, values: given });
    await done(
      ctx,
      `${input.private ? 'Private secret' : 'Secret'} ${input.name} created.`,
      blank(made),
      secretColumns,
    );
  },
});

/** What was just typed in need not stand in the output. */
const blank = (secret: Secret): Secret => ({
  ...secret,
  body: { ...secret.body, values: Object.fromEntries(Object.keys(secret.body.values).map((key) => [key, null])) },
});

const get = command({
  name: 'get',
  summary: 'Show a secret with its values',
  notes: 'Off a terminal, `secret get NAME --key KEY` prints the value alone.',
  examples: ['secret get registry --key password'],
  args: { name },
  options: { key: text('the value of this key, alone', { short: 'k', value: 'key' }) },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const secret = await api.get<Secret>(path`/secrets/${(await find(api, input.name)).id}`);
    const entries = Object.entries(secret.body.values);
    if (entries.some(([, value]) => value === null))
      ctx.say('You may see this secret, but not its values: that needs the permission secret:read_secret_value.');
    if (input.key === undefined)
      return ctx.out.one(secret, [
        ...secretColumns,
        ...columns<Secret>(Object.fromEntries(entries.map(([key, value]) => [key, () => value]))),
      ]);
    const found = secret.body.values[input.key];
    if (found === undefined)
      throw new CliError(`The secret ${input.name} has no key '${input.key}'`, exit.notFound, [
        `Keys: ${entries.map(([key]) => key).join(', ')}`,
      ]);
    if (found === null) throw new CliError(`You may not read the values of ${input.name}`, exit.notAllowed);
    ctx.out.lines(found);
  },
});

const update = command({
  name: 'update',
  summary: 'Change values, remove keys, make it private or visible to others',
  notes: WRITTEN,
  examples: ['secret update registry password', 'secret update registry --remove-key token'],
  args: { name, pair: anyArgs('KEY=VALUE, KEY=@FILE or KEY') },
  options: {
    remove_key: many('remove this key', { short: 'r', value: 'key' }),
    private: flag('for yourself alone', { short: 'p' }),
    shared: flag('for everybody whose roles let him see secrets'),
    ...stdin,
  },
  run: async (ctx, input) => {
    if (input.private && input.shared) throw usage('--private and --shared exclude each other');
    const given = {
      ...(await values(ctx, input.pair, input.values_stdin)),
      ...Object.fromEntries(input.remove_key.map((key) => [key, null])),
    };
    const privacy = input.private || input.shared ? { private: input.private } : {};
    const changed = Object.keys(given).length > 0;
    if (!changed && !Object.keys(privacy).length)
      throw usage('nothing to change: give KEY=VALUE, --remove-key, --private or --shared');
    const api = await ctx.api();
    const { id } = await find(api, input.name);
    const after = await api.put<Secret>(`${path`/secrets/${id}`}?patch_values=true`, {
      ...privacy,
      ...(changed ? { values: given } : {}),
    });
    await done(ctx, `Secret ${after.name} changed.`, blank(after), secretColumns);
  },
});

const rename = command({
  name: 'rename',
  summary: 'Give a secret another name',
  args: { name, new_name: arg('new name') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const after = await api.put<Secret>(path`/secrets/${(await find(api, input.name)).id}`, { name: input.new_name });
    await done(ctx, `Secret ${input.name} is called ${input.new_name} now.`, blank(after), secretColumns);
  },
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete a secret',
  args: { name },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const secret = await find(api, input.name);
    await ctx.ask.confirm(`Delete the secret ${secret.name}?`, [
      'Its values are gone then, also for stacks and components that use it.',
    ]);
    await api.delete(path`/secrets/${secret.id}`);
    ctx.say(`Secret ${secret.name} deleted.`);
  },
});

const list = listCommand<Secret>({
  summary: 'List the secrets; values are never in it',
  path: '/secrets',
  columns: secretColumns,
  filters: { name: 'name', private: 'true or false', user: 'owner: name or id', id: 'id' },
});

export const secret = group({
  name: 'secret',
  summary: 'Passwords, keys and other values, kept encrypted',
  commands: [create, list, get, update, rename, remove],
});
