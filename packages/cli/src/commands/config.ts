import { arg, command, group, optionalArg } from '../core/command.ts';
import type { Config } from '../core/config.ts';
import { configFile } from '../core/config.ts';
import type { Context } from '../core/context.ts';
import { CliError, exit, usage } from '../core/faults.ts';
import { didYouMean } from '../core/suggest.ts';
import { columns } from '../output/columns.ts';
import { formats } from '../output/formats.ts';

type Setting = { readonly key: string; readonly value: string; readonly summary: string };
const settings: Readonly<Record<string, { readonly summary: string; readonly values: readonly string[] }>> = {
  output: { summary: 'how the data is written when -o is absent', values: formats },
  input: { summary: 'whether anything may be asked', values: ['true', 'false'] },
};

const check = (key: string): void => {
  if (!(key in settings))
    throw usage(
      `there is no setting ${key}`,
      ...didYouMean(key, Object.keys(settings)),
      `Settings: ${Object.keys(settings).join(', ')}`,
    );
};

const all = (config: Config): Setting[] => [
  { key: 'url', value: config.url ?? '', summary: 'the server; connect and disconnect change it' },
  { key: 'username', value: config.username ?? '', summary: 'who logged in last' },
  ...Object.entries(settings).map(([key, { summary }]) => ({ key, value: config.settings?.[key] ?? '', summary })),
];

const settingColumns = columns<Setting>({
  key: (one) => one.key,
  value: (one) => one.value,
  summary: (one) => one.summary,
});

const store = (ctx: Context, key: string, value: string | undefined): void => {
  const { settings: before, ...rest } = ctx.config();
  const { [key]: _old, ...others } = before ?? {};
  ctx.save({ ...rest, settings: value === undefined ? others : { ...others, [key]: value } });
};

const get = command({
  name: 'get',
  summary: 'Print a setting',
  args: { key: arg('name of the setting') },
  run: async (ctx, input) => {
    const found = all(ctx.config()).find((one) => one.key === input.key);
    if (!found) check(input.key);
    if (!found?.value) throw new CliError(`${input.key} is not set`, exit.notFound);
    ctx.out.lines(found.value);
  },
});

const set = command({
  name: 'set',
  summary: 'Change a setting; without a value it is forgotten',
  examples: ['config set output json', 'config set output'],
  args: { key: arg('name of the setting'), value: optionalArg('its value') },
  run: async (ctx, { key, value }) => {
    check(key);
    const allowed = settings[key]!.values;
    if (value !== undefined && !allowed.includes(value))
      throw usage(`${key} cannot be ${value}`, ...didYouMean(value, allowed), `It is one of: ${allowed.join(', ')}`);
    store(ctx, key, value);
    ctx.say(value === undefined ? `${key} is forgotten.` : `${key} is ${value} now.`);
  },
});

const list = command({
  name: 'list',
  aliases: ['ls'],
  summary: 'Show all settings',
  run: async (ctx) => {
    const found = all(ctx.config());
    await ctx.out.list(found, found, settingColumns);
  },
});

const where = command({
  name: 'path',
  summary: 'Print where the settings are kept',
  run: async (ctx) => ctx.out.lines(configFile(ctx.env)),
});

export const config = group({
  name: 'config',
  summary: 'Settings of this command line',
  commands: [get, set, list, where],
});
