import { path, type ApiKey } from '@zendo/client';
import { arg, command, group, number, text } from '../../core/command.ts';
import { ago } from '../../core/duration.ts';
import { fetchPage, showPage } from '../../core/list.ts';
import { secret } from '../../core/show.ts';
import { columns } from '../../output/columns.ts';

type Key = ApiKey & {
  readonly metadata?: {
    readonly description?: string;
    readonly last_login?: string | null;
    readonly last_rotated?: string | null;
  } | null;
};

const keyColumns = columns<Key>({
  name: (key) => key.name,
  active: (key) => (key.body.active ? 'yes' : 'no'),
  last_used: (key) => ago(key.metadata?.last_login),
  last_rotated: (key) => ago(key.metadata?.last_rotated),
  created: (key) => ago(key.body.created),
  description: (key) => key.metadata?.description,
  'id?': (key) => key.id,
});

const account = arg('service account: name or id');
const key = arg('name or id of the key');
const env = (value: string | undefined | null) => value ?? '';

const create = command({
  name: 'create',
  summary: 'Create an API key and print it, this once',
  examples: ['service-account api-key create ci nightly'],
  args: { account, name: arg('name of the key') },
  options: { description: text('what it is for', { short: 'd', value: 'text' }) },
  run: async (ctx, input) => {
    const made = await (
      await ctx.api()
    ).post<Key>(path`/service_accounts/${input.account}/api_keys`, {
      name: input.name,
      ...(input.description === undefined ? {} : { description: input.description }),
    });
    await secret(ctx, [`API key ${input.name} of ${input.account}, shown only now:`], [env(made.body.key)], made);
  },
});

const rotate = command({
  name: 'rotate',
  summary: 'Replace an API key by a new value and print it, this once',
  args: { account, key },
  options: { retain: number('minutes for which the old value still works (0)', { value: 'minutes' }) },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const kept = input.retain ?? 0;
    await ctx.ask.confirm(`Rotate API key ${input.key} of ${input.account}?`, [
      kept
        ? `The old value works for ${kept} more minutes.`
        : 'The old value stops working at once; --retain lets it live on for a while.',
    ]);
    const made = await api.put<Key>(path`/service_accounts/${input.account}/api_keys/${input.key}/rotate`, {
      retain_period_minutes: kept,
    });
    await secret(ctx, [`New value of API key ${input.key}, shown only now:`], [env(made.body.key)], made);
  },
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete an API key',
  args: { account, key },
  run: async (ctx, input) => {
    const api = await ctx.api();
    await ctx.ask.confirm(`Delete API key ${input.key} of ${input.account}?`, ['What uses it stops working at once.']);
    await api.delete(path`/service_accounts/${input.account}/api_keys/${input.key}`);
    ctx.say(`API key ${input.key} deleted.`);
  },
});

const list = command({
  name: 'list',
  aliases: ['ls'],
  summary: 'List the API keys of a service account',
  args: { account },
  run: async (ctx, input) => {
    const page = await fetchPage<Key>(
      await ctx.api(),
      path`/service_accounts/${input.account}/api_keys`,
      { hydrate: 'true' },
      true,
    );
    await showPage(ctx, page, keyColumns, 'No API keys.');
  },
});

const describe = command({
  name: 'describe',
  aliases: ['get'],
  summary: 'Show an API key, without its value',
  args: { account, key },
  run: async (ctx, input) =>
    ctx.out.one(
      await (await ctx.api()).get<Key>(path`/service_accounts/${input.account}/api_keys/${input.key}`),
      keyColumns,
    ),
});

export const apiKey = group({
  name: 'api-key',
  summary: 'API keys of a service account',
  commands: [create, list, describe, rotate, remove],
});
