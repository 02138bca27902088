import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@zendo/client';
import { fromFile, reading, sameConfiguration, toFile, writing, type FilePart } from '@zendo/client/stack-file';
import { arg, command, flag, optionalArg, text } from '../../core/command.ts';
import { CliError, exit, usage } from '../../core/faults.ts';
import { activeStack, type Component, type Stack } from './things.ts';
import { inText, typeNames } from './types.ts';

export const exporting = command({
  name: 'export',
  summary: 'Write a stack to a file that `zenml stack import` reads too',
  notes: 'The file `-` is stdout.',
  examples: ['stack export gpu', 'stack export gpu -'],
  args: { stack: optionalArg('name or id; without it the one that was set'), file: optionalArg('file (NAME.yaml)') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const stack = await activeStack(ctx, input.stack);
    const parts = Object.entries(stack.metadata?.components ?? {}).flatMap(([type, list]) =>
      list.map((one) => [type, one] as const),
    );
    const seen = parts.flatMap(([type, { id, body }]) => (body ? [[type, id] as const] : []));
    const [{ stringify }, { version }, whole] = await Promise.all([
      import('yaml'),
      api.get<{ version: string }>('/info'),
      api.get<Page<Component>>('/components', {
        id: `oneof:${JSON.stringify(seen.map(([, id]) => id))}`,
        hydrate: 'true',
        size: 200,
      }),
    ]);
    const written = stringify(toFile(stack.name, seen, whole.items, version), writing);
    const left = parts.length - whole.items.length;
    if (left > 0) ctx.say(`${left} component(s) that are not shared with you are left out.`);
    const file = input.file ?? `${stack.name}.yaml`;
    if (file === '-') return ctx.out.lines(written.trimEnd());
    writeFileSync(file, written);
    ctx.say(`Stack ${stack.name} exported to ${file}.`);
  },
});

const faults = {
  noStack: "it is no exported stack: 'components' is missing",
  noType: (type: string) => `'${type}' is no type of component`,
  nameless: (type: string) => `a component under '${type}' has no name or no flavor`,
};

const read = async (file: string) => {
  const { parse } = await import('yaml');
  try {
    return fromFile(parse(readFileSync(file, 'utf8'), reading), typeNames, faults);
  } catch (error) {
    throw usage(`${file}: ${(error as Error).message}`);
  }
};

export const importing = command({
  name: 'import',
  summary: 'Make a stack from a file of `stack export`',
  notes:
    'Components that are there and say the same are used; where another one has the name, the new one gets a number behind it.',
  examples: ['stack import gpu.yaml', 'stack import gpu -f exported.yaml'],
  args: { stack: arg('name of the new stack, or a file that ends in .yaml') },
  options: {
    filename: text('file (NAME.yaml)', { short: 'f', value: 'file' }),
    ignore_version_mismatch: flag('also from another version'),
  },
  run: async (ctx, input) => {
    const direct = /\.ya?ml$/.test(input.stack) && input.filename === undefined;
    const file = await read(direct ? input.stack : (input.filename ?? `${input.stack}.yaml`));
    const name = direct ? file.name : input.stack;
    if (!name) throw usage('the file names no stack; write a name before it');
    const api = await ctx.api();
    const { version } = await api.get<{ version: string }>('/info');
    if (file.version && file.version !== version && !input.ignore_version_mismatch)
      throw new CliError(`It was exported by version ${file.version}; this server speaks ${version}`, exit.failed, [
        'Use --ignore-version-mismatch to import it all the same.',
      ]);
    const of = (type: string, wanted: string) =>
      api.get<Page<Component>>('/components', { type, name: `equals:${wanted}`, hydrate: 'true', size: 1 });
    const taken = await api.get<Page<Stack>>('/stacks', { name: `equals:${name}`, size: 1 });
    if (taken.total) throw new CliError(`There is a stack '${name}' already`, exit.conflict, ['Write another name.']);
    const idOf = async ({ type, name: called, flavor, configuration }: FilePart): Promise<string> => {
      const [there] = (await of(type, called)).items;
      if (there?.body?.flavor_name === flavor && sameConfiguration(there.metadata?.configuration, configuration))
        return there.id;
      let free = called;
      for (let count = 2; (await of(type, free)).total; count++) free = `${called}-${count}`;
      const made = await api.post<Component>('/components', { name: free, type, flavor, configuration });
      ctx.say(`Made: ${inText(type)} ${free}`);
      return made.id;
    };
    const components: Record<string, string[]> = {};
    for (const part of file.parts) (components[part.type] ??= []).push(await idOf(part));
    const made = await api.post<Stack>('/stacks', { name, components });
    ctx.say(`Stack ${made.name} imported.`);
  },
});
