import { path, type InvitationPreview, type Token } from '@zendo/client';
import { arg, command, flag, text } from '../core/command.ts';
import { clientFor } from '../core/connection.ts';
import { ago } from '../core/duration.ts';
import { usage } from '../core/faults.ts';
import { scopeName } from '../core/held.ts';
import { askNewPassword, givenPassword } from '../core/password.ts';
import { remember } from '../core/remember.ts';

// Ours carry the token in the fragment, links of the original in the query.
const read = (link: string): { server: string; token: string } => {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const token = url && (new URLSearchParams(url.hash.slice(1)).get('token') ?? url.searchParams.get('token'));
  if (!url || !token)
    throw usage(`${link}: this is no invitation link`, 'A link looks like https://server/signup#token=…');
  return { server: url.origin + url.pathname.replace(/\/(signup|activate-user|reset|invite)\/?$/, ''), token };
};

const intro = (one: InvitationPreview): string[] => {
  const by = one.inviter ? one.inviter.full_name || one.inviter.name : 'An administrator';
  const roles = one.roles
    .map((role) => `${role.name}${scopeName(role.scope) && ` in ${scopeName(role.scope)}`}`)
    .join(', ');
  const what = one.kind === 'invite' ? `${by} invites you to ${one.server_name}` : `${by} lets you set a new password`;
  return [
    `${what} as ${one.user_name}.`,
    ...(roles ? [`Role: ${roles}`] : []),
    ...(one.teams.length ? [`Teams: ${one.teams.join(', ')}`] : []),
    `The link expires ${ago(one.expires)}.`,
  ];
};

export const openLink = command({
  name: 'open',
  aliases: ['accept'],
  summary: 'Sign up here with a link that somebody sent',
  notes: 'Afterwards this command line is logged in to that server.',
  args: { link: arg('the link') },
  options: {
    password: text('password (others may see it in the process list)', { short: 'p' }),
    password_stdin: flag('read the password from stdin'),
    full_name: text('full name', { short: 'f', value: 'name' }),
    email: text('e-mail address', { short: 'e', value: 'address' }),
  },
  run: async (ctx, input) => {
    const { server, token } = read(input.link);
    const client = clientFor(ctx.env, server);
    for (const line of intro(await client.post<InvitationPreview>('/invitations/preview', { token }))) ctx.say(line);
    const password =
      (await givenPassword(ctx, input, 'ZENDO_NEW_PASSWORD')) ?? (await askNewPassword(ctx, 'Choose a password'));
    if (!password) throw usage('the password is empty');
    const { full_name, email } = input;
    const answer = await client.post<Token>(path`/invitations/accept`, {
      token,
      password,
      ...(full_name ? { full_name } : {}),
      ...(email ? { email } : {}),
    });
    await remember(ctx, client.url, answer);
  },
});
