import { path, type ApiKey, type Envelope, type Held } from '@zendo/client';
import { arg, command, group, many, off, text } from '../../core/command.ts';
import { ago } from '../../core/duration.ts';
import { usage } from '../../core/faults.ts';
import { heldNames } from '../../core/held.ts';
import { listCommand } from '../../core/list.ts';
import { done, secret } from '../../core/show.ts';
import { columns } from '../../output/columns.ts';
import { apiKey } from './api-key.ts';

type ServiceAccount = Envelope<
  { readonly active: boolean; readonly created: string; readonly description?: string | null },
  { readonly description?: string | null },
  { readonly roles?: readonly Held[]; readonly teams?: readonly { readonly name: string }[] }
>;

const accountColumns = columns<ServiceAccount>({
  name: (one) => one.name,
  active: (one) => (one.body.active ? 'yes' : 'no'),
  roles: (one) => heldNames(one.resources?.roles),
  teams: (one) => one.resources?.teams?.map((team) => team.name).join(', '),
  description: (one) => one.metadata?.description ?? one.body.description,
  created: (one) => ago(one.body.created),
  'id?': (one) => one.id,
});

const name = arg('name or id');

const create = command({
  name: 'create',
  summary: 'Create a service account and its first API key',
  examples: ['service-account create ci --role developer', 'service-account create ci --no-api-key'],
  args: { name: arg('unique name') },
  options: {
    description: text('what it is for', { short: 'd', value: 'text' }),
    role: many('role on the server', { short: 'r', value: 'role' }),
    team: many('team to join', { short: 't', value: 'team' }),
    api_key: off('do not create an API key'),
  },
  run: async (ctx, input) => {
    const api = await (input.role.length ? ctx.rolesApi() : ctx.api());
    const made = await api.post<ServiceAccount>('/service_accounts', {
      name: input.name,
      active: true,
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.role.length ? { roles: input.role.map((role) => ctx.mention('roles', role)) } : {}),
      ...(input.team.length ? { teams: input.team.map((team) => ctx.mention('teams', team)) } : {}),
    });
    if (!input.api_key) return done(ctx, `Service account ${made.name} created.`, made, accountColumns);
    const key = await api.post<ApiKey>(path`/service_accounts/${made.id}/api_keys`, { name: 'default' });
    const words = [`Service account ${made.name} created.`, 'Its API key "default", shown only now:'];
    await secret(ctx, words, [key.body.key ?? ''], { ...made, api_key: key });
  },
});

const describe = command({
  name: 'describe',
  aliases: ['get'],
  summary: 'Show a service account',
  args: { name },
  run: async (ctx, input) =>
    ctx.out.one(await (await ctx.api()).get<ServiceAccount>(path`/service_accounts/${input.name}`), accountColumns),
});

const update = command({
  name: 'update',
  summary: 'Rename a service account, describe it, switch it on or off',
  args: { account: name },
  options: {
    name: text('new name', { short: 'n' }),
    description: text('what it is for', { short: 'd', value: 'text' }),
    active: text('whether it may log in', { value: 'true|false', choices: ['true', 'false'] }),
  },
  run: async (ctx, input) => {
    const body = {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.active === undefined ? {} : { active: input.active === 'true' }),
    };
    if (!Object.keys(body).length) throw usage('nothing to change: give --name, --description or --active');
    const one = await (await ctx.api()).put<ServiceAccount>(path`/service_accounts/${input.account}`, body);
    await done(ctx, `Service account ${one.name} changed.`, one, accountColumns);
  },
});

const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Delete a service account; its keys die with it',
  args: { name },
  run: async (ctx, input) => {
    const api = await ctx.api();
    await ctx.ask.confirm(`Delete service account ${input.name}?`, [
      'Everything that uses one of its API keys stops working.',
    ]);
    await api.delete(path`/service_accounts/${input.name}`);
    ctx.say(`Service account ${input.name} deleted.`);
  },
});

const list = listCommand<ServiceAccount>({
  summary: 'List the service accounts',
  path: '/service_accounts',
  columns: accountColumns,
  filters: { name: 'name', active: 'true or false', description: 'description', id: 'id' },
});

export const serviceAccount = group({
  name: 'service-account',
  summary: 'Accounts of machines and their API keys',
  commands: [create, list, describe, update, remove, apiKey],
});
