import { Argument, Command, InvalidArgumentError, Option as Flag, type Help } from 'commander';
import { formats, type Format } from '../output/formats.ts';
import { createStyle, wantsColor } from '../output/style.ts';
import type { Env } from './config.ts';
import type { Globals } from './context.ts';
import { isGroup, type Leaf, type Node, type Option } from './command.ts';
import { entries, type Entry } from './groups.ts';
import { didYouMean } from './suggest.ts';
import { version } from './version.ts';

export type Call = { readonly leaf: Leaf; readonly input: Record<string, unknown>; readonly globals: Globals };

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const whole = (value: string): number => {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
};

const toFlag = (key: string, option: Option): Flag => {
  const long = key.replaceAll('_', '-');
  const value = option.value ?? long;
  const form = {
    flag: '',
    off: '',
    text: ` <${value}>`,
    many: ` <${value}>`,
    number: ` <${value}>`,
    maybe: ` [${value}]`,
  }[option.kind];
  const flag = new Flag(
    `${option.short ? `-${option.short}, ` : ''}--${option.kind === 'off' ? 'no-' : ''}${long}${form}`,
    option.summary,
  );
  if (option.kind === 'many') flag.argParser(collect);
  if (option.kind === 'number') flag.argParser(whole);
  if (option.choices) flag.choices(option.choices);
  return option.hidden ? flag.hideHelp() : flag;
};

const format = (value: string): Format => {
  const found = formats.find((one) => one === value);
  if (!found)
    throw new InvalidArgumentError([...didYouMean(value, formats), `It is one of ${formats.join(', ')}.`].join('\n'));
  return found;
};

const bareName = ({ short: _short, ...option }: Option): Option => option;

const valueOf = (option: Option, given: readonly unknown[]): unknown => {
  if (option.kind === 'many') return given.flatMap((value) => (value as readonly string[] | undefined) ?? []);
  return given.find((value) => value !== undefined) ?? (option.kind === 'flag' ? false : undefined);
};

const everywhere = 'Global options:';
const globalFlags = (): Flag[] =>
  [
    new Flag('-o, --output <format>', 'table, json, yaml, csv, tsv or name').argParser(format),
    new Flag('--columns <names>', 'columns to show, with commas between them').argParser(collect),
    new Flag('-y, --yes', 'answer confirmations with yes'),
    new Flag('--no-input', 'never ask anything'),
    new Flag('--debug', 'show the cause of an error'),
  ].map((flag) => flag.helpGroup(everywhere));

const toGlobals = (all: readonly Record<string, unknown>[], env: Env): Globals => {
  const last = <T>(key: string) =>
    all.map((opts) => opts[key] as T | undefined).findLast((value) => value !== undefined);
  const names = last<readonly string[]>('columns');
  return {
    output: last<Format>('output') ?? formats.find((format) => format === env.ZENDO_OUTPUT),
    columns: names?.flatMap((name) => name.split(',')).filter(Boolean),
    yes: all.some((opts) => opts.yes === true),
    input: all.every((opts) => opts.input !== false) && !env.ZENDO_NO_INPUT,
    debug: all.some((opts) => opts.debug === true) || Boolean(env.ZENDO_DEBUG),
  };
};

const FORMS = { one: '<x>', optional: '[x]', many: '<x...>', any: '[x...]' } as const;

const fill = (command: Command, node: Node, root: Command, env: Env, chosen: (call: Call) => void): void => {
  command.summary(node.summary).description(node.notes ? `${node.summary}\n\n${node.notes}` : node.summary);
  if (node.aliases) command.aliases(node.aliases);
  if (isGroup(node)) {
    for (const child of node.commands) fill(command.command(child.name), child, root, env, chosen);
    return;
  }
  const args = Object.entries(node.args ?? {});
  const options = Object.entries(node.options ?? {});
  for (const [name, { form, summary }] of args)
    command.addArgument(new Argument(FORMS[form].replace('x', name), summary));
  const flags = options.map(([key, option]) => [key, option, toFlag(key, option)] as const);
  for (const [, option, flag] of flags) {
    command.addOption(flag);
    for (const name of option.also ?? []) command.addOption(toFlag(name, bareName(option)).hideHelp());
  }
  for (const flag of globalFlags()) command.addOption(flag);
  if (node.free) command.allowUnknownOption();
  if (node.examples)
    command.addHelpText('after', `\nExamples:\n${node.examples.map((line) => `  ${root.name()} ${line}`).join('\n')}`);
  command.action((...given: unknown[]) => {
    const opts = command.opts<Record<string, unknown>>();
    const input: Record<string, unknown> = {};
    for (const [i, [name]] of args.entries()) input[name] = given[i];
    for (const [key, option, flag] of flags)
      input[key] = valueOf(
        option,
        [flag.attributeName(), ...(option.also ?? [])].map((name) => opts[name]),
      );
    chosen({ leaf: node, input, globals: toGlobals([root.opts(), opts], env) });
  });
};

// Without what commander adds of itself: "[options]" on every line, aliases in the usage, choices twice.
const help = (env: Env): Partial<Help> => ({
  styleTitle: createStyle(wantsColor(env, Boolean(process.stdout.isTTY))).bold,
  helpWidth: Math.min(process.stdout.columns || 80, 100),
  optionDescription: (option) => option.description,
  subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
  commandUsage: (command) => {
    const names = [];
    for (let at: Command | null = command; at; at = at.parent) names.unshift(at.name());
    return [
      ...names,
      command.commands.length ? 'COMMAND' : '[options]',
      ...command.registeredArguments.map(argumentTerm),
    ].join(' ');
  },
});

const argumentTerm = (argument: Argument): string => {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
};

const settle = (command: Command, shown: Partial<Help>): void => {
  command
    .exitOverride()
    .helpCommand(false)
    .addHelpOption(new Flag('-h, --help', 'show this help').helpGroup(everywhere));
  command.configureOutput({ writeErr: () => {}, outputError: () => {} }).configureHelp(shown);
  for (const child of command.commands) settle(child, shown);
};

const start = (name: string): string => `
Start here:
  ${name} up                           a server on this machine
  ${name} connect --url ADDRESS        join a server
  ${name} user create NAME             let somebody in
  ${name} COMMAND --help               what a command does, with examples

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 not logged in,
5 not allowed, 6 conflict, 7 unreachable, 130 interrupted`;

/** Reads a command line. Out: the command to run and its input. Errors: CommanderError (wrong usage, or help was shown). */
export const parse = async (
  name: string,
  argv: readonly string[],
  loaded: Entry | undefined,
  env: Env,
): Promise<Call | undefined> => {
  const root = new Command(name)
    .description('The server where a machine-learning team works together.')
    .enablePositionalOptions();
  root.version(version, '--version', 'show the version').options.at(-1)?.helpGroup(everywhere);
  for (const flag of globalFlags()) root.addOption(flag);
  root.addHelpText('after', start(name));
  let call: Call | undefined;
  for (const entry of entries) {
    const command = root.command(entry.name).summary(entry.summary).helpGroup(entry.section);
    if (entry === loaded)
      fill(
        command,
        { ...(await entry.load()), ...(entry.aliases ? { aliases: entry.aliases } : {}) },
        root,
        env,
        (found) => (call = found),
      );
    else if (entry.aliases) command.aliases(entry.aliases);
  }
  settle(root, help(env));
  await root.parseAsync(argv as string[], { from: 'user' });
  return call;
};
