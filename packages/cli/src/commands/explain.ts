import { arg, command } from '../core/command.ts';
import { CliError, exit } from '../core/faults.ts';
import { didYouMean } from '../core/suggest.ts';

const explained = async (type: string): Promise<string> => {
  const { describe } = await import('@zendo/server/describe');
  try {
    return await describe(type);
  } catch (error) {
    const { message } = error as Error;
    const [what = '', types] = message.split(' There are: ');
    if (!types) throw error;
    throw new CliError(what, exit.notFound, [...didYouMean(type, types.split(', ')), `Types: ${types}`]);
  }
};

export const explain = command({
  name: 'explain',
  summary: 'What the server derives from the declaration of a resource',
  notes:
    'Routes, fields, permissions, rules and SQL of this version, without asking a server. For who may do what: access explain.',
  examples: ['explain user', 'explain role_assignment'],
  args: { type: arg('type, e.g. user') },
  run: async (ctx, { type }) => ctx.out.lines((await explained(type.replaceAll('-', '_'))).trimEnd()),
});
