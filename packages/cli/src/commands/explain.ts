import { arg, command } from '../core/command.ts';
import { CliError, exit } from '../core/faults.ts';

export const explain = command({
  name: 'explain',
  summary: 'What the server derives from the declaration of a resource',
  notes: 'Routes, who may do what, fields, filters, inputs and the SQL of a list and a get. For those who build Zendo.',
  examples: ['explain user', 'explain run'],
  args: { type: arg('type of resource, e.g. user, role_assignment, run') },
  run: async (ctx, { type }) => {
    const { describe } = await import('@zendo/server/describe');
    const text = await describe(type.replaceAll('-', '_')).catch((error: unknown) => {
      throw new CliError(error instanceof Error ? error.message : String(error), exit.notFound);
    });
    ctx.out.lines(text.trimEnd());
  },
});
