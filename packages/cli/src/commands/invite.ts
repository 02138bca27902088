import { path, type Client, type Invitation } from '@zendo/client';
import { arg, args, command, group, many, text } from '../core/command.ts';
import { ago, seconds } from '../core/duration.ts';
import { CliError, exit, usage } from '../core/faults.ts';
import { projectRole } from '../core/held.ts';
import { listCommand } from '../core/list.ts';
import { secret } from '../core/show.ts';
import { didYouMean } from '../core/suggest.ts';
import { columns } from '../output/columns.ts';
import { openLink } from './invite-open.ts';

const invitationColumns = columns<Invitation>({
  name: (one) => one.body.user_name,
  kind: (one) => one.body.kind,
  state: (one) => one.body.state,
  expires: (one) => ago(one.body.expires),
  by: (one) => one.body.created_by_name,
  note: (one) => one.body.note,
  'id?': (one) => one.id,
});

const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text);

// A person may have old, dead links too: the pending one is meant, or else the newest (it can still be renewed).
const findId = async (api: Client, who: string): Promise<string> => {
  if (isId(who)) return who;
  const all = await api.all<Invitation>('/invitations', { sort_by: 'desc:created' });
  const theirs = all.filter((one) => one.body.user_name === who && one.body.state !== 'accepted');
  const found = theirs.find((one) => one.body.state === 'pending') ?? theirs[0];
  if (found) return found.id;
  throw new CliError(
    `no link for ${who}`,
    exit.notFound,
    didYouMean(
      who,
      all.map((one) => one.body.user_name),
    ),
  );
};

const create = command({
  name: 'create',
  summary: 'Invite people by unique user names; prints a link for each',
  examples: [
    'invite create ada',
    'invite create ada grace --role developer --team ml --expires 7d',
    'invite create ada --workspace fraud=developer -o json',
  ],
  args: { username: args('unique names') },
  options: {
    role: many('role on the server (default: the default role)', { short: 'r', value: 'role' }),
    team: many('team to join', { short: 't', value: 'team' }),
    workspace: many('role in one workspace', { value: 'workspace=role' }),
    full_name: text('full name (with one user name)', { short: 'f', value: 'name' }),
    email: text('e-mail address (with one user name)', { short: 'e', value: 'address' }),
    expires: text('how long the link holds (72h, at most 7d)', { value: 'duration' }),
    note: text('a note for the other administrators', { value: 'text' }),
  },
  run: async (ctx, input) => {
    if (input.username.length > 1 && (input.full_name ?? input.email) !== undefined)
      throw usage('--full-name and --email go with one user name only');
    const projects = input.workspace.map((one) => {
      const found = projectRole(one);
      if (!found) throw usage(`--workspace ${one}: write it as workspace=role`);
      return { project: ctx.mention('projects', found.project), role: ctx.mention('roles', found.role) };
    });
    const body = {
      ...(input.role.length ? { roles: input.role.map((role) => ctx.mention('roles', role)) } : {}),
      ...(input.team.length ? { teams: input.team.map((team) => ctx.mention('teams', team)) } : {}),
      ...(projects.length ? { projects } : {}),
      ...(input.full_name === undefined ? {} : { full_name: input.full_name }),
      ...(input.email === undefined ? {} : { email: input.email }),
      ...(input.expires === undefined ? {} : { expires_in: seconds(input.expires, '--expires') }),
      ...(input.note === undefined ? {} : { note: input.note }),
    };
    const api = await ctx.rolesApi();
    const made: Invitation[] = [];
    for (const name of input.username) {
      const one = await api.post<Invitation>('/invitations', { name, ...body });
      made.push(one);
      if (!ctx.globals.output)
        await secret(
          ctx,
          [`Link for ${name}, shown only now (expires ${ago(one.body.expires)}):`],
          [one.body.url ?? ''],
          one,
        );
    }
    if (ctx.globals.output) await ctx.out.list(made.length === 1 ? made[0] : made, made, invitationColumns);
  },
});

const renew = command({
  name: 'renew',
  summary: 'Print a new link; the old one is dead',
  args: { username: arg('user name, or id of the invitation') },
  options: { expires: text('how long the link holds (72h)', { value: 'duration' }) },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const id = await findId(api, input.username);
    const made = await api.post<Invitation>(
      path`/invitations/${id}/renew`,
      input.expires === undefined ? {} : { expires_in: seconds(input.expires, '--expires') },
    );
    await secret(
      ctx,
      [`New link, shown only now (expires ${ago(made.body.expires)}). The old one no longer works.`],
      [made.body.url ?? ''],
      made,
    );
  },
});

const revoke = command({
  name: 'revoke',
  summary: 'Make a link worthless; the pending user stays until removed',
  args: { username: arg('user name, or id of the invitation') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const id = await findId(api, input.username);
    await ctx.ask.confirm(`Revoke the link of ${input.username}?`, [
      'Whoever has it can no longer sign up with it. invite renew makes a new one.',
    ]);
    await api.delete(path`/invitations/${id}`);
    ctx.say(
      `The link of ${input.username} is revoked. Next: user delete ${input.username} removes the pending account.`,
    );
  },
});

const list = listCommand<Invitation>({
  summary: 'List the links, pending and past',
  path: '/invitations',
  columns: invitationColumns,
  filters: { state: 'pending, accepted, expired or revoked', kind: 'invite, reset or reactivate' },
  sort: 'desc:created',
});

export const invite = group({
  name: 'invite',
  summary: 'Links with which people sign up',
  commands: [create, list, renew, revoke, openLink],
});
