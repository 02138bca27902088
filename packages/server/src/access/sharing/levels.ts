// Knows: what the levels mean at which something is shared: each is a built-in role, given on the one thing.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotAllowed } from '../../kernel/errors.ts';
import { authorize } from '../../kernel/refusal.ts';
import type { Resource, Values } from '../../kernel/resource.ts';
import { mayColumns } from '../../kernel/visible.ts';
import { permissionsOf } from '../grants.ts';
import { mustHold, spellOut, type Scope } from '../holding.ts';

export const LEVELS = ['view', 'edit', 'manage'] as const;
export type Level = (typeof LEVELS)[number];
const ROLE_OF: Readonly<Record<Level, string>> = { view: 'guest', edit: 'developer', manage: 'admin' };

/** The level of these words; `use` is another word for edit. Throws Invalid on any other. */
export const levelNamed = (said: string): Level => {
  const level = said === 'use' ? 'edit' : said;
  if (!(LEVELS as readonly string[]).includes(level)) throw new Invalid(`level must be one of ${LEVELS.join(', ')} (use means edit)`);
  return level as Level;
};

/** The highest level whose actions are all among these; null for none. */
export const levelOf = (actions: readonly string[]): Level | null => {
  if (actions.includes('share') && actions.includes('delete')) return 'manage';
  if (actions.includes('update')) return 'edit';
  return actions.includes('read') ? 'view' : null;
};

export interface LevelRole {
  readonly level: Level;
  readonly id: string;
  readonly name: string;
  readonly permissions: ReadonlySet<string>;
}
/** The roles behind the levels, with what they mean on one thing. */
export const levelRoles = async (ctx: Context): Promise<readonly LevelRole[]> => {
  const rows = (await ctx.db.selectFrom('role').select(['id', 'name']).where('builtin', '=', 1).execute()) as { id: string; name: string }[];
  const sets = await permissionsOf(
    ctx.db,
    rows.map((row) => row.id),
    true,
  );
  return LEVELS.flatMap((level) => rows.filter((row) => row.name === ROLE_OF[level]).map((row) => ({ level, ...row, permissions: sets.get(row.id)! })));
};

/** The actions that a level lets take on a thing of this type. */
export const actionsAt = (ctx: Context, resource: Resource, role: LevelRole): readonly string[] => {
  const fine = new Set(spellOut(ctx.registry, role.permissions));
  return ctx.registry.offered(resource).filter((action) => action !== 'create' && fine.has(`${resource.type}:${action}`));
};

export const onThing = (resource: Resource, id: string): Scope => ({ scope: 'resource', project_id: null, resource_type: resource.type, resource_id: id });

/** The levels that the caller may give on a thing: nobody hands out more than he holds. */
export const givable = async (ctx: Context, resource: Resource, id: string): Promise<readonly Level[]> => {
  const found: Level[] = [];
  for (const { level, permissions } of await levelRoles(ctx)) {
    try {
      await mustHold(ctx, permissions, onThing(resource, id), 'share this');
      found.push(level);
    } catch (error) {
      if (!(error instanceof NotAllowed)) throw error;
    }
  }
  return found;
};

/** The declaration of a type that can be shared. Throws Invalid on any other. */
export const shareable = (ctx: Context, type: string): Resource => {
  const words: Readonly<Record<string, string>> = { pipeline_run: 'run', component: 'stack_component' };
  const name = words[type] ?? type;
  if (!ctx.registry.has(name) || !ctx.registry.get(name).access.share) throw new Invalid(`Nothing of the type '${type}' can be shared`);
  return ctx.registry.get(name);
};

export interface Thing {
  readonly resource: Resource;
  readonly row: Values;
}
/** A thing on which the caller may do this, locked where a transaction is open. Throws NotFound, NotAllowed. */
export const thingFor = async (ctx: Context, type: string, id: string, action: string): Promise<Thing> => {
  const resource = shareable(ctx, type);
  return { resource, row: await authorize(ctx, resource, id, action) };
};

/** What the actor may do with one row, by the predicate. */
export const actionsOn = async (ctx: Context, resource: Resource, id: string): Promise<readonly string[]> => {
  const may = mayColumns(ctx, resource, 't');
  if (may.columns.length === 0) return [];
  const { rows } = await sql<Values>`select ${sql.join(may.columns)} from ${sql.table(resource.table)} as t where t.id = ${id}`.execute(ctx.db);
  return rows[0] === undefined ? [] : may.read(rows[0]);
};

export const nameOf = (row: Values): string => (row['name'] as string | undefined) ?? (row['id'] as string);
