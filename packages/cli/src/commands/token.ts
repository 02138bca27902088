import { path, type Session } from '@zendo/client';
import { arg, command, group, many, text } from '../core/command.ts';
import { ago, seconds } from '../core/duration.ts';
import { CliError, exit } from '../core/faults.ts';
import { listCommand } from '../core/list.ts';
import { secret } from '../core/show.ts';
import { didYouMean } from '../core/suggest.ts';
import { columns } from '../output/columns.ts';

const tokenColumns = columns<Session>({
  name: (one) => one.body.label ?? one.name,
  last_used: (one) => ago(one.body.last_used),
  expires: (one) => ago(one.body.expires) || 'never',
  'ip?': (one) => one.body.ip,
  'id?': (one) => one.id,
});

const create = command({
  name: 'create',
  summary: 'Create a personal token and print it, this once',
  notes: 'It may do what you may do, or less with --scope. Use it as ZENDO_TOKEN.',
  examples: ['token create laptop', 'token create report --scope read --expires 30d'],
  args: { name: arg('what it is for') },
  options: {
    scope: many('only these permissions: read, write, me or fine ones', { value: 'permission' }),
    expires: text('how long it holds', { value: 'duration' }),
  },
  run: async (ctx, input) => {
    const made = await (
      await ctx.api()
    ).post<Session>('/tokens', {
      name: input.name,
      ...(input.expires === undefined ? {} : { expires_in: seconds(input.expires, '--expires') }),
      ...(input.scope.length ? { permissions: input.scope.map((one) => ctx.mention('permissions', one)) } : {}),
    });
    const until = made.body.expires ? `expires ${ago(made.body.expires)}` : 'never expires';
    await secret(ctx, [`Token ${input.name}, shown only now (${until}):`], [made.body.token ?? ''], made);
  },
});

const revoke = command({
  name: 'revoke',
  aliases: ['delete'],
  summary: 'Make a personal token worthless',
  args: { name: arg('name or id') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const mine = await api.all<Session>('/sessions', { kind: 'personal' });
    const found = mine.filter((one) => one.id === input.name || (one.body.label ?? one.name) === input.name);
    if (!found.length)
      throw new CliError(
        `there is no token ${input.name}`,
        exit.notFound,
        didYouMean(
          input.name,
          mine.map((one) => one.body.label ?? ''),
        ),
      );
    if (found.length > 1)
      throw new CliError(`${found.length} tokens are called ${input.name}`, exit.conflict, [
        'Name one by its id: token list --columns name,id',
      ]);
    await ctx.ask.confirm(`Revoke token ${input.name}?`, ['What uses it stops working at once.']);
    await api.delete(path`/sessions/${found[0]!.id}`);
    ctx.say(`Token ${input.name} revoked.`);
  },
});

const list = listCommand<Session>({
  summary: 'List your personal tokens',
  path: '/sessions',
  fixed: { kind: 'personal' },
  columns: tokenColumns,
});

export const token = group({ name: 'token', summary: 'Personal tokens for scripts', commands: [create, list, revoke] });
