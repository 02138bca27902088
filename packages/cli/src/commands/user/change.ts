import { ApiError, path, type Link, type User } from '@zendo/client';
import { arg, command, flag, optionalArg, text } from '../../core/command.ts';
import { ago } from '../../core/duration.ts';
import { usage } from '../../core/faults.ts';
import { askNewPassword, givenPassword } from '../../core/password.ts';
import { preview } from '../../core/preview.ts';
import { done, secret } from '../../core/show.ts';
import { userColumns } from './columns.ts';

const username = arg('name or id');

export const describe = command({
  name: 'describe',
  aliases: ['get'],
  summary: 'Show a person: oneself without a name',
  args: { username: optionalArg('name or id') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const name = input.username ?? (await api.get<User>('/current-user')).id;
    await ctx.out.one(await api.get<User>(path`/users/${name}`), userColumns);
  },
});

export const update = command({
  name: 'update',
  summary: 'Change the name, full name or e-mail of a person',
  args: { username },
  options: {
    name: text('new unique name', { short: 'n' }),
    full_name: text('full name', { short: 'f', value: 'name' }),
    email: text('e-mail address', { short: 'e', value: 'address' }),
  },
  run: async (ctx, { username: who, name, full_name, email }) => {
    const body = Object.fromEntries(
      Object.entries({ name, full_name, email }).filter(([, value]) => value !== undefined),
    );
    if (!Object.keys(body).length) throw usage('nothing to change: give --name, --full-name or --email');
    const user = await (await ctx.api()).put<User>(path`/users/${who}`, body);
    await done(ctx, `User ${user.name} changed.`, user, userColumns);
  },
});

export const deactivate = command({
  name: 'deactivate',
  summary: 'Shut a person out; what they own stays',
  args: { username },
  options: { dry_run: flag('only show what would change') },
  run: async (ctx, input) => {
    const api = await ctx.api();
    if (input.dry_run) return preview(ctx, { deactivate: input.username });
    await ctx.ask.confirm(`Deactivate ${input.username}?`, [
      `${input.username} is logged out everywhere and cannot log in until reactivated (user activate).`,
    ]);
    const user = await api.put<User>(path`/users/${input.username}/deactivate`);
    await done(ctx, `User ${user.name} is inactive; their sessions have ended.`);
  },
});

export const activate = command({
  name: 'activate',
  aliases: ['reactivate'],
  summary: 'Let a deactivated person in again',
  args: { username },
  run: async (ctx, input) => {
    const user = await (await ctx.api()).put<User>(path`/users/${input.username}/reactivate`);
    await done(ctx, `User ${user.name} is ${user.body.status ?? 'active'} again.`, user, userColumns);
  },
});

export const reset = command({
  name: 'reset',
  summary: 'Print a link with which a person sets a new password',
  args: { username },
  run: async (ctx, input) => {
    const link = await (await ctx.api()).post<Link>(path`/users/${input.username}/reset`);
    await secret(
      ctx,
      [`Link for ${input.username} to set a new password, shown only now (expires ${ago(link.expires)}):`],
      [link.url],
      link,
    );
  },
});

export const changePassword = command({
  name: 'change-password',
  summary: 'Change your own password',
  notes:
    'On a terminal both passwords are asked for. In scripts: ZENDO_PASSWORD has the old one, --password-stdin or ZENDO_NEW_PASSWORD the new one.',
  options: {
    password: text('new password (others may see it in the process list)', { short: 'p' }),
    old_password: text('old password (others may see it in the process list)'),
    password_stdin: flag('read the new password from stdin'),
  },
  run: async (ctx, input) => {
    const api = await ctx.api();
    const old =
      input.old_password ?? ctx.env.ZENDO_PASSWORD ?? (await ctx.ask.password('Old password', '--old-password'));
    const fresh =
      (await givenPassword(ctx, input, 'ZENDO_NEW_PASSWORD')) ?? (await askNewPassword(ctx, 'New password'));
    if (!fresh) throw usage('the new password is empty');
    await api.put('/current-user', { password: fresh, old_password: old });
    ctx.say('Password changed.');
  },
});

const ownedBy = async (ctx: Parameters<typeof reset.run>[0], who: string): Promise<string> => {
  try {
    const owned = await (await ctx.api()).get<readonly { type: string; count: number }[]>(path`/users/${who}/owned`);
    return owned.map(({ type, count }) => `${count} ${type}${count === 1 ? '' : 's'}`).join(', ');
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) throw error;
    return '';
  }
};

export const remove = command({
  name: 'delete',
  aliases: ['remove'],
  summary: 'Remove a person for good',
  args: { username },
  options: { hand_over_to: text('who gets what they own', { value: 'user' }) },
  run: async (ctx, input) => {
    const api = await ctx.api();
    if (!ctx.globals.yes) {
      const owned = await ownedBy(ctx, input.username);
      const left =
        owned &&
        (input.hand_over_to
          ? `${input.hand_over_to} gets ${owned}.`
          : `${input.username} owns ${owned}; --hand-over-to names who gets it.`);
      await ctx.ask.confirm(`Remove ${input.username} for good?`, [
        ...(left ? [left] : []),
        `This cannot be undone. To only shut them out: ${ctx.program} user deactivate ${input.username}`,
      ]);
    }
    if (input.hand_over_to) ctx.mention('users', input.hand_over_to);
    await api.delete(path`/users/${input.username}`, { hand_over_to: input.hand_over_to });
    ctx.say(`User ${input.username} removed.`);
  },
});
