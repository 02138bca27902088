// Knows: what an account holds in all, and what a change would make of it before it is saved.
import { sql } from 'kysely';
import type { Actor } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Values } from '../kernel/resource.ts';
import { visible } from '../kernel/visible.ts';
import { circles, loadActor, permissionsOf } from './grants.ts';
import { spellOut } from './holding.ts';

export interface Holding {
  readonly server: readonly string[];
  readonly projects: readonly { readonly id: string; readonly name: string; readonly permissions: readonly string[] }[];
}

/** The fine permissions of an actor, at the server and in each project. A limited token shows only what it may use. */
export const holdingOf = (ctx: Context, actor: Actor): Holding => {
  const all = ctx.registry.permissions.filter((permission) => !permission.macro).map((permission) => permission.name);
  if (actor.unlimited) return { server: [...all, 'me'], projects: [] };
  const usable = actor.limit === null ? null : new Set(spellOut(ctx.registry, actor.limit));
  const at = (project_id: string | null): string[] => {
    const fine = new Set(actor.grants.filter((grant) => grant.project_id === project_id).flatMap((grant) => spellOut(ctx.registry, grant.permissions)));
    return [...all, 'me'].filter((name) => fine.has(name) && (usable === null || usable.has(name)) && (name !== 'me' || project_id === null));
  };
  const projects = new Map(actor.grants.filter((grant) => grant.project_id !== null).map((grant) => [grant.project_id!, grant.project_name!]));
  return { server: at(null), projects: [...projects].map(([id, name]) => ({ id, name, permissions: at(id) })) };
};

/** Roles on single things, as far as the caller may see the assignment. */
export const holdingOnThings = async (ctx: Context, who: Actor): Promise<readonly unknown[]> => {
  const { rows } =
    await sql<Values>`select a.resource_type, a.resource_id, a.role_id from role_assignment as a where a.scope = 'resource' and (a.expires is null or a.expires > ${ctx.now})
    and a.principal_id in (${circles(who.id, who.grants)}) and ${visible(ctx, ctx.registry.get('role_assignment'), 'read', 'a')}`.execute(ctx.db);
  const sets = await permissionsOf(ctx.db, [...new Set(rows.map((row) => row['role_id'] as string))], true);
  const things = new Map<string, { type: string; id: string; permissions: Set<string> }>();
  for (const row of rows) {
    const key = `${row['resource_type']} ${row['resource_id']}`;
    const thing = things.get(key) ?? { type: row['resource_type'], id: row['resource_id'], permissions: new Set<string>() };
    for (const permission of spellOut(ctx.registry, sets.get(row['role_id'])!).filter((name) => name.startsWith(`${thing.type}:`))) thing.permissions.add(permission);
    things.set(key, thing);
  }
  return [...things.values()].map((thing) => ({ ...thing, name: null, permissions: [...thing.permissions] }));
};

export interface Change {
  readonly principal: { readonly id: string; readonly name: string };
  readonly gains: readonly Part[];
  readonly loses: readonly Part[];
}
interface Part {
  readonly scope: string;
  readonly permissions: readonly string[];
}

const MOST = 2_000;
const snapshot = async (ctx: Context): Promise<ReadonlyMap<string, { name: string; holding: Holding }>> => {
  const people = await ctx.db.selectFrom('account').select(['id', 'name']).orderBy('name').limit(MOST).execute();
  const found = new Map<string, { name: string; holding: Holding }>();
  for (const person of people) {
    const actor = await loadActor(ctx.db, person['id'], ctx.now);
    found.set(person['id'], { name: person['name'], holding: actor === null ? { server: [], projects: [] } : holdingOf(ctx, actor) });
  }
  return found;
};

const minus = (a: Holding, b: Holding): Part[] => {
  const part = (scope: string, left: readonly string[], right: readonly string[]) => ({ scope, permissions: left.filter((name) => !right.includes(name)) });
  const projects = a.projects.map((project) =>
    part(`project ${project.name}`, project.permissions, b.projects.find((other) => other.id === project.id)?.permissions ?? []),
  );
  return [part('server', a.server, b.server), ...projects].filter((entry) => entry.permissions.length > 0);
};

/** Who gains and who loses what through `change`: made in a transaction, looked at with the same loader as enforcement, undone. */
export const preview = async (ctx: Context, change: (inside: Context) => Promise<unknown>): Promise<{ people: readonly Change[]; summary: readonly string[] }> => {
  const undone = new Error('preview');
  let then: Awaited<ReturnType<typeof snapshot>> = new Map();
  try {
    await ctx.database.transaction(async (tx) => {
      const inside: Context = { ...ctx, db: tx, in_transaction: true, quiet: true };
      await change(inside);
      const after = await snapshot(inside);
      then = after;
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  // How things are is read afterwards, without holding up those who write; who may not propose it never gets here.
  const people = [...(await snapshot(ctx))]
    .map(([id, { name, holding }]): Change => {
      const later = then.get(id)?.holding ?? { server: [], projects: [] };
      return { principal: { id, name }, gains: minus(later, holding), loses: minus(holding, later) };
    })
    .filter((entry) => entry.gains.length + entry.loses.length > 0);
  return { people, summary: [...sentences(people, 'gains', 'gain'), ...sentences(people, 'loses', 'lose')] };
};

const sentences = (people: readonly Change[], side: 'gains' | 'loses', verb: string): string[] => {
  const groups = new Map<string, { names: string[]; part: Part }>();
  for (const person of people)
    for (const part of person[side]) {
      const key = JSON.stringify(part);
      const known = groups.get(key) ?? { names: [], part };
      known.names.push(person.principal.name);
      groups.set(key, known);
    }
  return [...groups.values()].map(({ names, part }) => {
    const who = names.length === 1 ? `${names[0]} ${verb}s` : `${names.length} people ${verb}`;
    const what = part.permissions.length > 4 ? `${part.permissions.length} permissions (${part.permissions.slice(0, 3).join(', ')}, …)` : part.permissions.join(', ');
    return `${who} ${what}${part.scope === 'server' ? '' : ` on ${part.scope}`}`;
  });
};
