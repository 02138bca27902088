// Knows: the words with which something is refused. Must not know: any resource.
import { sql } from 'kysely';
import type { Context } from './context.ts';
import { NotAllowed, NotFound, SignInNeeded } from './errors.ts';
import { find } from './find.ts';
import type { Resource, Values } from './resource.ts';
import { permissionFor, visible } from './visible.ts';

const WORDS: Readonly<Record<string, string>> = { create: 'create', update: 'change', delete: 'remove', share: 'share', read: 'see', manage: 'manage' };

/** Refuses for want of a permission: names it, and who could grant it where the caller may know. */
export const refuse = async (ctx: Context, permission: string, what: string, project_id: string | null = null): Promise<NotAllowed | SignInNeeded> => {
  if (ctx.actor.kind === 'anonymous') return new SignInNeeded('Not authenticated');
  const limited = ctx.actor.limit !== null ? ' Your token is limited to less than you hold.' : '';
  const who = await ctx.granters(ctx, permission, project_id);
  const ask = who.length === 0 ? 'Ask an administrator for it.' : `Ask ${who.join(' or ')} for it.`;
  return new NotAllowed(`You may not ${what}: that needs the permission ${permission}.${limited} ${ask}`, permission);
};

/** The permission to ask for: what only its parents judge is opened by theirs. */
export const askedFor = (ctx: Context, resource: Resource, action: string): string => {
  const parent = resource.access.scope === 'parent' && resource.access.needs?.[action] === undefined ? resource.access.parents?.[0] : undefined;
  return parent === undefined ? permissionFor(resource, action) : askedFor(ctx, ctx.registry.get(parent.type), parent.needs?.[action] ?? action);
};

/** What an action is called in a refusal: "change the stack 'gpu'". */
export const wording = (resource: Resource, action: string, row?: Values): string =>
  `${WORDS[action] ?? action} ${row === undefined ? `a ${resource.label}` : `the ${resource.label} '${(row['name'] as string | undefined) ?? (row['id'] as string)}'`}`;

/**
 * Throws NotAllowed unless the caller may make a row private, or open it: that hands it to all whose roles let them, so whoever does it
 * must be allowed all that can be done with it.
 */
export const authorizePrivacy = async (ctx: Context, resource: Resource, row: Values, isPrivate: boolean): Promise<void> => {
  const { owner, private_by } = resource.access;
  if (private_by === 'owner' && row[owner!] !== ctx.actor.id && !ctx.actor.unlimited)
    throw new NotAllowed(
      `Only its owner may make the ${resource.label} '${(row['name'] as string | undefined) ?? (row['id'] as string)}' ${isPrivate ? 'private' : 'visible to others'}`,
    );
  const all = ctx.registry.permissions.filter(({ type, action }) => type === resource.type && action !== 'create').map(({ action }) => action!);
  for (const action of new Set(['share', ...(isPrivate ? [] : all)])) await authorize(ctx, resource, row['id'], action, ['id', 'name', 'project_id']);
};

/**
 * The row on which the caller may do `action`, locked until the transaction ends. Throws NotFound where he may not even read it,
 * NotAllowed where he may read but not do it. The judgement is a column of the same query. `called` is how the caller knows it where
 * he did not give its id: the id of what he may not see is not told.
 */
export const authorize = async (
  ctx: Context,
  resource: Resource,
  id_or_name: string,
  action: string,
  wanted?: readonly string[],
  called = id_or_name,
): Promise<Values> => {
  if (ctx.actor.kind === 'anonymous') throw new SignInNeeded('Not authenticated');
  const allowed = sql`case when ${visible(ctx, resource, action, 't')} then 1 else 0 end as allowed`;
  const row = await find(ctx, resource, id_or_name, 'read', wanted, { lock: ctx.in_transaction, extra: [allowed] });
  if (row === null) {
    // Who may do it without reading (a role of `write` alone) is let through; all others see nothing at all.
    const blind = action === 'read' ? null : await find(ctx, resource, id_or_name, action, wanted, { lock: ctx.in_transaction });
    if (blind === null) throw new NotFound(`There is no ${resource.label} '${called}', or you may not see it`);
    return blind;
  }
  if (Number(row['allowed']) !== 1)
    throw await refuse(
      ctx,
      askedFor(ctx, resource, action),
      wording(resource, action, row),
      (row[resource.access.project ?? 'project_id'] as string | undefined) ?? null,
    );
  delete row['allowed'];
  return row;
};
