import type { User } from '@zendo/client';
import { arg, command, flag, many, text } from '../../core/command.ts';
import { seconds } from '../../core/duration.ts';
import { usage } from '../../core/faults.ts';
import { projectRole } from '../../core/held.ts';
import { askNewPassword, givenPassword } from '../../core/password.ts';
import { done, secret } from '../../core/show.ts';
import { userColumns } from './columns.ts';

export const create = command({
  name: 'create',
  summary: 'Create a person, with a password or a link to sign up',
  notes:
    'Without a password (an empty one, --invite, or nobody to ask) the account is pending, and an activation token and a link are printed, a line each. Whoever opens the link chooses the password.',
  examples: [
    'user create ada',
    'user create ada --role developer --team ml --invite',
    'user create ada --password-stdin < password.txt',
  ],
  args: { username: arg('unique name') },
  options: {
    password: text('password (others may see it in the process list)', { short: 'p' }),
    password_stdin: flag('read the password from stdin'),
    role: many('role on the server (default: the default role)', { short: 'r', value: 'role' }),
    team: many('team to join', { short: 't', value: 'team' }),
    workspace: many('role in one workspace', { value: 'workspace=role' }),
    full_name: text('full name', { short: 'f', value: 'name' }),
    email: text('e-mail address', { short: 'e', value: 'address' }),
    expires: text('how long the link holds (72h)', { value: 'duration' }),
    invite: flag('no password: print a link'),
  },
  run: async (ctx, input) => {
    const projects = input.workspace.map((one) => {
      const found = projectRole(one);
      if (!found) throw usage(`--workspace ${one}: write it as workspace=role`);
      return { project: ctx.mention('projects', found.project), role: ctx.mention('roles', found.role) };
    });
    const api = await (input.role.length || projects.length ? ctx.rolesApi() : ctx.api());
    let password = input.invite ? '' : await givenPassword(ctx, input, 'ZENDO_NEW_PASSWORD');
    if (password === undefined && ctx.ask.can && !input.invite)
      password = await askNewPassword(
        ctx,
        `Password for ${input.username} (empty: a link is printed with which they choose one)`,
      );
    const user = await api.post<User>('/users', {
      name: input.username,
      ...(input.full_name === undefined ? {} : { full_name: input.full_name }),
      ...(input.email === undefined ? {} : { email: input.email }),
      ...(password ? { password } : {}),
      ...(input.role.length ? { roles: input.role.map((role) => ctx.mention('roles', role)) } : {}),
      ...(input.team.length ? { teams: input.team.map((team) => ctx.mention('teams', team)) } : {}),
      ...(projects.length ? { projects } : {}),
      ...(input.expires === undefined ? {} : { expires_in: seconds(input.expires, '--expires') }),
    });
    const { activation_token: token, activation_url: url } = user.body;
    if (!token) return done(ctx, `User ${user.name} created.`, user, userColumns);
    const words = [
      `User ${user.name} created; pending until they sign up.`,
      'Activation token and link, shown only now:',
    ];
    await secret(ctx, words, [token, ...(url ? [url] : [])], user);
  },
});
