// The questions about access that people can ask.
import Type from 'typebox';
import type { Permission } from '../kernel/registry.ts';
import type { Context } from '../kernel/context.ts';
import { Invalid } from '../kernel/errors.ts';
import { must } from '../kernel/find.ts';
import { operation, signedIn, type Operation, type Values } from '../kernel/resource.ts';
import { refuse } from '../kernel/refusal.ts';
import { holds } from '../kernel/visible.ts';
import { change } from '../kernel/verbs/update.ts';
import { remove } from '../kernel/verbs/remove.ts';
import { savePermissions } from '../resources/role/role.ts';
import { give, account } from './assign.ts';
import { discreetHolding } from './discreet.ts';
import { actorOf, explain, whoCan } from './explain.ts';
import { atServer, inProject } from './holding.ts';
import { waitingFor } from './sharing/inbox.ts';
import { holdingOf, holdingOnThings, preview } from './summary.ts';

const text = Type.Optional(Type.String({ maxLength: 255 }));
const query = <T extends Record<string, ReturnType<typeof Type.Optional>>>(fields: T) => Type.Object(fields, { additionalProperties: true });
const need = (given: Values, name: string): string => {
  if (typeof given[name] !== 'string' || given[name] === '') throw new Invalid(`${name} is missing`);
  return given[name];
};
const WORDS: Readonly<Record<string, string>> = {
  read: 'See',
  create: 'Create',
  update: 'Change',
  delete: 'Remove',
  share: 'Give others access to',
  manage: 'Manage',
  client: 'Use the credentials of',
  promote: 'Change the stage of',
  read_secret_value: 'See the values of',
  prune: 'Clean up',
  take: 'Take over',
  backup_restore: 'Back up and restore',
};
const MACRO_WORDS: Readonly<Record<string, string>> = {
  read: 'See everything on every resource',
  write: 'Every other action on every resource, people and roles included',
  me: 'See and edit one’s own account',
};

const described = (ctx: Context, permission: Permission): unknown => ({
  ...permission,
  description: permission.macro
    ? MACRO_WORDS[permission.name]
    : `${WORDS[permission.action!] ?? permission.action} ${ctx.registry.has(permission.type!) ? `${ctx.registry.get(permission.type!).label}s` : permission.type}`,
});

const maybe = Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 255 }));
const names = Type.Optional(Type.Array(Type.String({ maxLength: 255 }), { maxItems: 1000 }));
const proposal = Type.Object(
  {
    role: maybe,
    permissions: names,
    team: maybe,
    add_members: names,
    remove_members: names,
    deactivate: maybe,
    unassign: maybe,
    assign: Type.Optional(Type.Object({ role: Type.String(), user: maybe, team: maybe, project: maybe }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);

/** Carries out what is proposed, in a transaction that is undone afterwards; the caller must be allowed to do it. */
const propose = async (ctx: Context, given: Values): Promise<void> => {
  const get = (type: string, name: string, action = 'read') => must(ctx, ctx.registry.get(type), name, action, ['id', 'name']);
  if (given['assign']) {
    const { role, user, team, project } = given['assign'] as Record<string, string | null | undefined>;
    if (!user === !team) throw new Invalid('assign names either a user or a team');
    const principal = team ? { user_id: null, team_id: (await get('team', team))['id'] } : account((await get('account', user!))['id']);
    await give(ctx, await get('role', role!), principal, project ? inProject((await get('project', project))['id']) : atServer);
  } else if (given['unassign']) await remove(ctx, ctx.registry.get('role_assignment'), given['unassign']);
  else if (given['deactivate'])
    await ctx.db
      .updateTable('account')
      .set({ status: 'inactive' })
      .where('id', '=', (await get('account', given['deactivate'], 'manage'))['id'])
      .execute();
  else if (given['team'])
    await change(ctx, ctx.registry.get('team'), given['team'], {
      ...(given['add_members'] ? { add_members: given['add_members'] } : {}),
      ...(given['remove_members'] ? { remove_members: given['remove_members'] } : {}),
    });
  else if (given['role'] && given['permissions']) await savePermissions(ctx, (await get('role', given['role'], 'update'))['id'], given['permissions']);
  else throw new Invalid('Propose one of: role with permissions, assign, unassign, team with add_members or remove_members, deactivate');
};

/** Whether somebody may, everywhere, whatever one of the two macros stands for. */
const holdsWhole = (ctx: Context, macro: string): boolean =>
  ctx.registry.permissions.every((one) => one.macro || (one.action === 'read') !== (macro === 'read') || holds(ctx, one.name, null));

export const accessOperations: readonly Operation[] = [
  operation({
    name: 'permissions',
    method: 'GET',
    path: '/permissions',
    needs: signedIn('which permissions exist is no secret'),
    writes: false,
    description: 'Every permission there is.',
    run: async (ctx) => ({ body: ctx.registry.permissions.map((permission) => described(ctx, permission)) }),
  }),
  operation({
    name: 'access_me',
    method: 'GET',
    path: '/access/me',
    needs: signedIn('about oneself'),
    writes: false,
    description: 'What I may do.',
    run: async (ctx) => ({
      body: {
        principal: { id: ctx.actor.id, name: ctx.actor.name, kind: ctx.actor.kind },
        local: ctx.actor.kind === 'local',
        whole: ['read', 'write'].filter((macro) => holdsWhole(ctx, macro)),
        waiting: await waitingFor(ctx),
        ...holdingOf(ctx, ctx.actor),
      },
    }),
  }),
  operation({
    name: 'access_explain',
    method: 'GET',
    path: '/access/explain',
    needs: signedIn('one learns only about people and things that one may see'),
    writes: false,
    query: query({ principal: text, action: text, type: text, id: text, project: text }),
    description: 'May this person do that, and why.',
    run: async (ctx, { query: asked }) => ({
      body: await explain(ctx, {
        principal: asked.principal ?? ctx.actor.id,
        action: need(asked, 'action'),
        type: need(asked, 'type'),
        id: asked.id,
        project: asked.project,
      }),
    }),
  }),
  operation({
    name: 'access_who',
    method: 'GET',
    path: '/access/who',
    needs: signedIn('one learns only about people and things that one may see'),
    writes: false,
    query: query({ action: text, type: text, id: text }),
    description: 'Who may do that.',
    run: async (ctx, { query: asked }) => ({ body: await whoCan(ctx, { action: need(asked, 'action'), type: need(asked, 'type'), id: asked.id }) }),
  }),
  operation({
    name: 'access_what',
    method: 'GET',
    path: '/access/what',
    needs: signedIn('one learns only about people and things that one may see'),
    writes: false,
    query: query({ principal: text }),
    description: 'What a person may do, by scope.',
    run: async (ctx, { query: asked }) => {
      const { actor } = await actorOf(ctx, asked.principal ?? ctx.actor.id);
      return {
        body: {
          principal: { id: actor.id, name: actor.name, kind: actor.kind },
          ...(await discreetHolding(ctx, actor.id, holdingOf(ctx, actor))),
          resources: await holdingOnThings(ctx, actor),
        },
      };
    },
  }),
  operation({
    name: 'access_preview',
    method: 'POST',
    path: '/access/preview',
    needs: signedIn('what is proposed is judged as if it were done'),
    writes: false,
    input: proposal,
    description: 'Who would gain or lose what, before it is saved.',
    run: async (ctx, { input }) => {
      for (const permission of ['user:read', 'role_assignment:read'])
        if (!holds(ctx, permission, null)) throw await refuse(ctx, permission, 'see what a change would mean for others');
      return { body: await preview(ctx, (inside) => propose(inside, input as Values)) };
    },
  }),
];
