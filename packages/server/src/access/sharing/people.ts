// Knows: who can come to a thing and why, person by person: the explanations of the very predicate that lets them.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { discreet } from '../discreet.ts';
import { explainRow, type Reason } from '../explain.ts';
import { loadActor } from '../grants.ts';
import { actionsOn, levelOf, type Level, type Thing } from './levels.ts';

const MOST = 500;
const ACTION: Readonly<Record<Level, string>> = { view: 'read', edit: 'update', manage: 'share' };

export interface Access {
  readonly principal: { readonly id: string; readonly name: string; readonly kind: string };
  readonly level: Level;
  readonly actions: readonly string[];
  readonly reasons: readonly Reason[];
}

/** What one account may do with a thing, and why; null where it may not even see it. */
export const accessOf = async (ctx: Context, { resource, row }: Thing, account_id: string): Promise<Access | null> => {
  const actor = await loadActor(ctx.db, account_id, ctx.now, { via: 'explain' });
  if (actor === null) return null;
  const actions = await actionsOn({ ...ctx, actor }, resource, row['id']);
  const level = levelOf(actions);
  if (level === null) return null;
  const reasons = await discreet(ctx, actor.id, await explainRow(ctx, actor, resource, ACTION[level], row));
  return { principal: { id: actor.id, name: actor.name, kind: actor.kind }, level, actions, reasons };
};

/** Everybody who may see a thing, as far as the caller may see people. At most five hundred accounts are asked about. */
export const peopleWith = async (ctx: Context, thing: Thing): Promise<{ people: readonly Access[]; more: boolean }> => {
  const account = ctx.registry.get('account');
  const { rows } =
    await sql<Values>`select t.id from account as t where t.status = 'active' and ${visible(ctx, account, 'read', 't')} order by t.name limit ${MOST + 1}`.execute(
      ctx.db,
    );
  const people: Access[] = [];
  for (const person of rows.slice(0, MOST)) {
    const access = await accessOf(ctx, thing, person['id']);
    if (access !== null) people.push(access);
  }
  return { people, more: rows.length > MOST };
};
