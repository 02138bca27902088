import { path, type Session } from '@zendo/client';
import { arg, command, group } from '../core/command.ts';
import { ago } from '../core/duration.ts';
import { listCommand } from '../core/list.ts';
import { columns } from '../output/columns.ts';

const sessionColumns = columns<Session>({
  id: (one) => one.id,
  kind: (one) => one.body.kind + (one.body.current ? ' (this one)' : ''),
  label: (one) => one.body.label,
  ip: (one) => one.body.ip,
  last_used: (one) => ago(one.body.last_used),
  expires: (one) => ago(one.body.expires),
});

const list = listCommand<Session>({
  summary: 'List where you are logged in; --user of somebody else for those who manage people',
  path: '/sessions',
  fixed: { kind: 'notequals:personal' },
  filters: { user: 'name or id', kind: 'browser, access, device or workload' },
  columns: sessionColumns,
});

const revoke = command({
  name: 'revoke',
  aliases: ['delete'],
  summary: 'End a session',
  args: { id: arg('id, from session list') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    await ctx.ask.confirm(`End session ${input.id}?`);
    await api.delete(path`/sessions/${input.id}`);
    ctx.say('Session ended.');
  },
});

export const session = group({ name: 'session', summary: 'Where somebody is logged in', commands: [list, revoke] });
