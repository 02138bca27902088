// Knows: how a thing becomes private or shared, and what of others that would break.
import { sql } from 'kysely';
import { touchGrants } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import { Conflict, NotAllowed } from '../../kernel/errors.ts';
import { authorizePrivacy } from '../../kernel/refusal.ts';
import type { Values } from '../../kernel/resource.ts';
import { conflicts } from '../../kernel/verbs/conflicts.ts';
import { visible } from '../../kernel/visible.ts';
import { followRun } from '../../resources/artifact_version/privacy.ts';
import { nameOf, type Level, type Thing } from './levels.ts';
import { everyoneOf, shareAt } from './shares.ts';
import { pointingTo } from './ties.ts';

interface Use {
  readonly type: string;
  readonly label: string;
  readonly id: string;
  readonly name: string | null;
}
export interface Uses {
  /** Things of others that rest on it, those that the caller may read; at most twenty. */
  readonly things: readonly Use[];
  /** True where there are more, or some that he may not see: how many is not for him to know. */
  readonly more: boolean;
}
const SHOWN = 20;

/** Things of others that point to this one: they keep pointing to it, and show a shell in its place to whom it becomes hidden. */
export const usesOf = async (ctx: Context, { resource, row }: Thing): Promise<Uses> => {
  const things: Use[] = [];
  let more = false;
  for (const [other, points] of pointingTo(ctx, resource, row['id'])) {
    const owner = sql.ref(`t.${other.access.owner!}`);
    const { rows } = await sql<Values>`select t.id, ${other.fields['name'] === undefined ? sql`null` : sql.ref('t.name')} as name,
        case when ${visible(ctx, other, 'read', 't')} then 1 else 0 end as seen
      from ${sql.table(other.table)} as t where ${points} and (${owner} is null or ${owner} <> ${row[resource.access.owner!] ?? ''}) order by seen desc, t.created desc limit ${SHOWN + 1}`.execute(
      ctx.db,
    );
    const seen = rows.filter((one) => Number(one['seen']) === 1);
    if (seen.length < rows.length) more = true;
    for (const one of seen) {
      if (things.length < SHOWN) things.push({ type: other.type, label: other.label, id: one['id'], name: one['name'] });
      else more = true;
    }
  }
  return { things, more };
};

const inWords = ({ things, more }: Uses): string => {
  const named = things.slice(0, 3).map((use) => `the ${use.label} '${use.name ?? use.id}'`);
  if (things.length > 3 || more)
    named.push(things.length > 3 ? `${things.length - 3} more that you see${more ? ' and others that you do not' : ''}` : 'things that you may not see');
  return named.join(', ');
};

export type General = 'private' | 'shared' | Level;

/** Removes what was given to everybody at once. */
const closeToAll = async (ctx: Context, { resource, row }: Thing): Promise<void> => {
  await ctx.db
    .deleteFrom('role_assignment')
    .where('scope', '=', 'resource')
    .where('resource_type', '=', resource.type)
    .where('resource_id', '=', row['id'])
    .where('members_of', 'is not', null)
    .execute();
};

/**
 * Says who may come to a thing without being named: nobody (`private`), everybody as far as his roles go (`shared`), or everybody at
 * a level. Throws NotAllowed for what nobody owns, Conflict where things of others use what is to become private, unless that is confirmed.
 */
export const setGeneral = async (ctx: Context, thing: Thing, general: General, confirmed: boolean): Promise<void> => {
  const { resource, row } = thing;
  // Everybody at a level is that level and no more: what is private stays closed to roles.
  const isPrivate = general === 'private' || (general !== 'shared' && Number(row['private']) === 1);
  if (isPrivate !== (Number(row['private']) === 1)) await authorizePrivacy(ctx, resource, row, isPrivate);
  if (general === 'private' && row[resource.access.owner!] === null) throw new NotAllowed(`Nobody owns the ${resource.label} '${nameOf(row)}', so it cannot be private`);
  if (isPrivate && Number(row['private']) === 0 && !confirmed) {
    const uses = await usesOf(ctx, thing);
    if (uses.things.length > 0 || uses.more)
      throw new Conflict(
        `The ${resource.label} '${nameOf(row)}' is used by ${inWords(uses)}. Whoever cannot see it will find it hidden there and cannot run with it. Confirm it (confirm: true) to make it private all the same`,
      );
  }
  await touchGrants(ctx);
  await closeToAll(ctx, thing);
  // A name may be taken among what is shared that is free among what is private.
  await conflicts(resource, row, () =>
    ctx.db
      .updateTable(resource.table)
      .set({ private: isPrivate ? 1 : 0, updated: ctx.now })
      .where('id', '=', row['id'])
      .execute(),
  );
  if (resource.type === 'run') await followRun(ctx, row, isPrivate);
  if (general === 'private' || general === 'shared') return;
  const members_of = everyoneOf(row);
  const everyone = { kind: 'everyone', id: members_of, name: 'everyone', principal: { user_id: null, team_id: null, members_of } } as const;
  await shareAt(ctx, thing, everyone, general, null);
};
