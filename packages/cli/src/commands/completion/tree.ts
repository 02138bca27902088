import { isGroup, type Node } from '../../core/command.ts';
import { entries } from '../../core/groups.ts';

/** A place on the command line: the words that lead there, and what may follow. */
export type Place = {
  readonly words: string;
  readonly next: readonly { readonly word: string; readonly summary: string }[];
};

const globalOptions = ['--output', '--columns', '--yes', '--no-input', '--debug', '--help'];
const describeGlobal: Readonly<Record<string, string>> = {
  '--output': 'how the data is written',
  '--columns': 'columns to show',
  '--yes': 'answer confirmations with yes',
  '--no-input': 'never ask anything',
  '--debug': 'show the cause of an error',
  '--help': 'show the help',
};

const walk = (words: string, node: Node): Place[] => {
  if (isGroup(node))
    return [
      { words, next: node.commands.map((child) => ({ word: child.name, summary: child.summary })) },
      ...node.commands.flatMap((child) => walk(`${words} ${child.name}`, child)),
    ];
  const own = Object.entries(node.options ?? {}).filter(([, option]) => !option.hidden);
  return [
    {
      words,
      next: [
        ...own.map(([key, option]) => ({
          word: `--${option.kind === 'off' ? 'no-' : ''}${key.replaceAll('_', '-')}`,
          summary: option.summary,
        })),
        ...globalOptions.map((word) => ({ word, summary: describeGlobal[word]! })),
      ],
    },
  ];
};

/** Every place of the command line, aliases of groups included. */
export const places = async (): Promise<readonly Place[]> => {
  const nodes = await Promise.all(entries.map(async (entry) => ({ entry, node: await entry.load() })));
  const names = nodes.flatMap(({ entry }) =>
    [entry.name, ...(entry.aliases ?? [])].map((word) => ({ word, summary: entry.summary })),
  );
  return [
    { words: '', next: [...names, { word: 'help', summary: 'show the help' }] },
    ...nodes.flatMap(({ entry, node }) => [entry.name, ...(entry.aliases ?? [])].flatMap((name) => walk(name, node))),
  ];
};
