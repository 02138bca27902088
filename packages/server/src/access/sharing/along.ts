// Knows: what a thing rests on, and what of that would stay hidden to those with whom it is shared.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { find } from '../../kernel/find.ts';
import type { Resource, Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { loadActor } from '../grants.ts';
import { nameOf, type Level, type Thing } from './levels.ts';
import type { Sharee } from './shares.ts';
import { pointedAt } from './ties.ts';

/** What carries others with it. A run or a pipeline does not: what it points to says where it ran, not what it is. */
const WHOLES = ['stack', 'stack_component', 'service_connector'];
type Part = Awaited<ReturnType<typeof pointedAt>>[number];

/** All that a stack, a component or a connector needs as far as the caller may see it, components first. */
const partsOf = async (ctx: Context, { resource, row }: Thing): Promise<readonly Part[]> => {
  const found = new Map<string, Part>();
  const open: { resource: Resource; row: Values }[] = [{ resource, row }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (!WHOLES.includes(next.resource.type)) continue;
    for (const part of await pointedAt(ctx, next.resource, next.row)) {
      const key = `${part.resource.type} ${part.id}`;
      if (found.has(key) || part.id === row['id']) continue;
      found.set(key, part);
      // What a part that the caller may not see rests on is not for him to know.
      const inner = WHOLES.includes(part.resource.type) ? await find(ctx, part.resource, part.id, 'read') : null;
      if (inner !== null) open.push({ resource: part.resource, row: inner });
    }
  }
  return [...found.values()];
};

const MOST = 200;
/** The accounts behind a person, a team or everybody; at most two hundred are asked about. */
const accountsOf = async (ctx: Context, sharee: Sharee): Promise<readonly string[]> => {
  if (sharee.kind === 'account') return [sharee.id];
  const { rows } = await sql<{ id: string }>`select u.id from account as u where u.status = 'active' ${
    sharee.kind === 'team' ? sql`and u.id in (select m.account_id from team_member as m where m.team_id = ${sharee.id})` : sql``
  } order by u.name limit ${MOST}`.execute(ctx.db);
  return rows.map((row) => row.id);
};

export interface Hidden {
  readonly type: string;
  readonly label: string;
  readonly id: string;
  /** Null where the caller may not see it himself. */
  readonly name: string | null;
  readonly may_share: boolean;
  /** At which level it would be shared along. */
  readonly level: Level;
}

/** To be used with what needs it, a secret or a connector must give out what it holds: seeing it is not enough. */
const levelAlong = (resource: Resource, level: Level): Level =>
  level !== 'view' && resource.actions.some((action) => ['client', 'read_secret_value'].includes(action)) ? 'edit' : 'view';

/** What would stay hidden to somebody with whom the thing is shared: to any of a team, to any of all. Names only as far as the caller may read. */
export const hiddenParts = async (ctx: Context, thing: Thing, sharee: Sharee, level: Level): Promise<readonly Hidden[]> => {
  const parts = await partsOf(ctx, thing);
  if (parts.length === 0) return [];
  const hidden = new Set<string>();
  // Of what he may not see himself the caller does not learn either who else may.
  for (const { resource, id } of parts) if ((await find(ctx, resource, id, 'read', ['id'])) === null) hidden.add(`${resource.type} ${id}`);
  for (const id of await accountsOf(ctx, sharee)) {
    const actor = await loadActor(ctx.db, id, ctx.now, { via: 'explain' });
    if (actor === null) continue;
    for (const resource of new Set(parts.map((part) => part.resource))) {
      const wanted = levelAlong(resource, level) === 'view' ? 'read' : 'update';
      const ids = parts.filter((part) => part.resource === resource && !hidden.has(`${resource.type} ${part.id}`)).map((part) => part.id);
      if (ids.length === 0) continue;
      const { rows } = await sql<{
        id: string;
      }>`select t.id from ${sql.table(resource.table)} as t where t.id in (${sql.join(ids)}) and not ${visible({ ...ctx, actor }, resource, wanted, 't')}`.execute(
        ctx.db,
      );
      for (const row of rows) hidden.add(`${resource.type} ${row.id}`);
    }
  }
  const shown: Hidden[] = [];
  for (const { resource, id } of parts.filter((part) => hidden.has(`${part.resource.type} ${part.id}`))) {
    const row = await find(ctx, resource, id, 'read', ['id', 'name']);
    const may_share = row !== null && (await find(ctx, resource, id, 'share', ['id'])) !== null;
    shown.push({ type: resource.type, label: resource.label, id, name: row === null ? null : nameOf(row), may_share, level: levelAlong(resource, level) });
  }
  return shown;
};
