import { path, type Session } from '@zendo/client';
import { arg, command, group, text } from '../core/command.ts';
import { ago } from '../core/duration.ts';
import { CliError, exit } from '../core/faults.ts';
import { listCommand } from '../core/list.ts';
import { columns } from '../output/columns.ts';

// The end of an id tells sessions apart; whole ids would push everything else off the screen.
const sessionColumns = columns<Session>({
  session: (one) => one.id.slice(-8),
  kind: (one) => one.body.kind + (one.body.current ? ' (this one)' : ''),
  label: (one) => one.body.label,
  ip: (one) => one.body.ip,
  last_used: (one) => ago(one.body.last_used),
  expires: (one) => ago(one.body.expires),
  'id?': (one) => one.id,
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
  args: { session: arg('as session list shows it, or the whole id') },
  options: { user: text('whose, when it is not your own', { short: 'u' }) },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const all = await api.all<Session>('/sessions', { user: input.user });
    const [found, ...others] = all.filter((one) => one.id.endsWith(input.session));
    if (!found || others.length) {
      const what = found ? `several sessions end in ${input.session}` : `there is no session ${input.session}`;
      throw new CliError(what, found ? exit.conflict : exit.notFound, [`Next: ${ctx.program} session list`]);
    }
    const own = found.body.current ? ['It is the session of this command line.'] : [];
    await ctx.ask.confirm(`End session ${input.session} (${found.body.kind}, ${found.body.ip ?? ''})?`, own);
    await api.delete(path`/sessions/${found.id}`);
    ctx.say('Session ended.');
  },
});

export const session = group({ name: 'session', summary: 'Where somebody is logged in', commands: [list, revoke] });
