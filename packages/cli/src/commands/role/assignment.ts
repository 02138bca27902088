import { path, type Assignment, type Held, type User } from '@zendo/client';
import { arg, command, flag, group, many, text } from '../../core/command.ts';
import type { Context } from '../../core/context.ts';
import { ago, moment } from '../../core/duration.ts';
import { CliError, exit, usage } from '../../core/faults.ts';
import { scopeName } from '../../core/held.ts';
import { listCommand } from '../../core/list.ts';
import { preview } from '../../core/preview.ts';
import { columns } from '../../output/columns.ts';

const where = (one: Assignment): string =>
  one.body.project_name ??
  one.body.project_id ??
  (one.body.resource_type
    ? `${one.body.resource_type}/${one.body.resource_id}`
    : scopeName(one.body.scope) || 'server');

const assignmentColumns = columns<Assignment>({
  role: (one) => one.body.role_name,
  principal: (one) => one.body.principal_name,
  type: (one) => one.body.principal_type,
  scope: where,
  expires: (one) => ago(one.body.expires),
  granted_by: (one) => one.body.granted_by_name,
  'id?': (one) => one.id,
});

const heldColumns = columns<Held>({
  role: (held) => held.role.name,
  scope: (held) => scopeName(held.scope) || 'server',
  via: (held) => held.via && `team ${held.via.name}`,
  expires: (held) => ago(held.expires),
  'id?': (held) => held.assignment_id,
});

const who = {
  user: many('user or service account', { short: 'u' }),
  team: many('team', { short: 't' }),
  workspace: text('only in this workspace', { short: 'w' }),
};
type Who = {
  readonly user: readonly string[];
  readonly team: readonly string[];
  readonly workspace: string | undefined;
};

const principals = ({ user, team }: Who) => [
  ...user.map((name) => ({ user: name })),
  ...team.map((name) => ({ team: name })),
];
const nameOf = (principal: { user?: string; team?: string }): string => principal.user ?? `team ${principal.team}`;

const check = (ctx: Context, role: string, input: Who): void => {
  if (!input.user.length && !input.team.length) throw usage("missing option '--user <user>' or '--team <team>'");
  ctx.mention('roles', role);
  for (const name of input.user) ctx.mention('users', name);
  for (const name of input.team) ctx.mention('teams', name);
  if (input.workspace) ctx.mention('projects', input.workspace);
};

export const assign = command({
  name: 'assign',
  summary: 'Give a role to people and teams, everywhere or in one workspace',
  examples: ['role assign developer --user ada', 'role assign developer --team ml --workspace fraud --expires 30d'],
  args: { role: arg('name or id') },
  options: {
    ...who,
    expires: text('until when: a duration or a date', { value: 'when' }),
    dry_run: flag('only show who would gain what'),
  },
  run: async (ctx, input) => {
    check(ctx, input.role, input);
    const api = await ctx.rolesApi();
    const scope = input.workspace ? { project: input.workspace } : {};
    const until = input.expires === undefined ? {} : { expires: moment(input.expires, '--expires') };
    const made: Assignment[] = [];
    for (const principal of principals(input)) {
      if (input.dry_run) await preview(ctx, { assign: { role: input.role, ...principal, ...scope } });
      else {
        made.push(
          await api.post<Assignment>('/role_assignments', { role: input.role, ...principal, ...scope, ...until }),
        );
        const inside = input.workspace ? ` in workspace ${input.workspace}` : '';
        ctx.say(
          `Role ${input.role} given to ${nameOf(principal)}${inside}${until.expires ? `, until ${until.expires.slice(0, 16)} UTC` : ''}.`,
        );
      }
    }
    if (made.length && ctx.globals.output)
      await ctx.out.list(made.length === 1 ? made[0] : made, made, assignmentColumns);
  },
});

const matches = (
  one: Assignment,
  role: string,
  principal: { user?: string; team?: string },
  workspace: string | undefined,
): boolean => {
  const { body } = one;
  const isTeam = body.principal_type === 'team';
  const name = principal.team ?? principal.user;
  return (
    (body.role_name === role || body.role_id === role) &&
    isTeam === (principal.team !== undefined) &&
    (body.principal_name === name || body.principal_id === name) &&
    (workspace
      ? body.project_name === workspace || body.project_id === workspace
      : !body.project_id && !body.resource_id)
  );
};

export const revoke = command({
  name: 'revoke',
  summary: 'Take a role away from people and teams',
  examples: ['role revoke developer --user ada', 'role revoke developer --team ml --workspace fraud'],
  args: { role: arg('name or id') },
  options: { ...who, dry_run: flag('only show who would lose what') },
  run: async (ctx, input) => {
    check(ctx, input.role, input);
    const api = await ctx.rolesApi();
    const all = await api.all<Assignment>('/role_assignments');
    const place = input.workspace ? `in workspace ${input.workspace}` : 'on the server';
    for (const principal of principals(input)) {
      const found = all.filter((one) => matches(one, input.role, principal, input.workspace));
      if (!found.length)
        throw new CliError(`${nameOf(principal)} does not have role ${input.role} ${place}`, exit.notFound, [
          `Next: ${ctx.program} role assignment list --role ${input.role}`,
        ]);
      for (const one of found) {
        if (input.dry_run) await preview(ctx, { unassign: one.id });
        else await api.delete(path`/role_assignments/${one.id}`);
      }
      if (!input.dry_run) ctx.say(`Role ${input.role} taken from ${nameOf(principal)} ${place}; it counts at once.`);
    }
  },
});

const plainList = listCommand<Assignment>({
  summary: '',
  path: '/role_assignments',
  columns: assignmentColumns,
  about: 'roles',
});

const list = command({
  name: 'list',
  aliases: ['ls'],
  summary: 'List who has which role where',
  examples: [
    'role assignment list',
    'role assignment list --user ada --effective',
    'role assignment list --role admin',
  ],
  options: {
    ...plainList.options,
    user: text('of this user or service account', { short: 'u' }),
    team: text('of this team', { short: 't' }),
    role: text('of this role', { short: 'r' }),
    workspace: text('in this workspace', { short: 'w' }),
    effective: flag('with --user: also what they have through teams'),
  },
  run: async (ctx, input) => {
    if (input.workspace) ctx.mention('projects', input.workspace);
    if (input.effective) {
      if (!input.user) throw usage("--effective needs '--user <user>'");
      const user = await (await ctx.rolesApi()).get<User>(path`/users/${input.user}`);
      const held = user.resources?.roles ?? [];
      return ctx.out.list(held, held, heldColumns);
    }
    const filter = [
      ...((input as { filter?: readonly string[] }).filter ?? []),
      ...Object.entries({ user: input.user, team: input.team, role: input.role, project: input.workspace }).flatMap(
        ([key, value]) => (value === undefined ? [] : [`${key}=${value}`]),
      ),
    ];
    return plainList.run(ctx, { ...input, filter } as never);
  },
});

export const assignment = group({ name: 'assignment', summary: 'Who has which role where', commands: [list] });
