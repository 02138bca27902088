// The flavors that the genuine client knows, and the default stack, which it looks for before its first command (wire.md 11).
import { readFileSync } from 'node:fs';
import { later, newId, type Context } from '../kernel/context.ts';
import type { Values } from '../kernel/resource.ts';

const readFlavors = (): readonly Values[] => JSON.parse(readFileSync(new URL('./flavors.json', import.meta.url), 'utf8')) as Values[];
const stored = (flavor: Values): Values => ({ ...flavor, is_custom: flavor['is_custom'] === true ? 1 : 0, config_schema: JSON.stringify(flavor['config_schema']) });
const keyOf = (row: Values): string => `${row['type']} ${row['name']}`;

/** Adds the built-in flavors and brings those up to date that a newer version describes differently. What people made stays. */
export const seedFlavors = async (ctx: Context): Promise<void> => {
  const known = new Map((await ctx.db.selectFrom('flavor').selectAll().execute()).map((row) => [keyOf(row), row as Values]));
  const fresh: Values[] = [];
  for (const flavor of readFlavors().map(stored)) {
    const row = known.get(keyOf(flavor));
    if (row === undefined) fresh.push({ id: newId(), created: later(ctx.now, fresh.length / 1e6), updated: ctx.now, user_id: null, private: 0, ...flavor });
    // Somebody's own flavor may have taken the name before the server knew it.
    else if (Number(row['is_custom']) === 0 && Object.entries(flavor).some(([column, value]) => row[column] !== value)) {
      await ctx.db
        .updateTable('flavor')
        .set({ ...flavor, updated: ctx.now })
        .where('id', '=', row['id'])
        .execute();
    }
  }
  if (fresh.length > 0) await ctx.db.insertInto('flavor').values(fresh).execute();
};

/** The components of the default stack, all of the flavor `local`. */
const DEFAULT_TYPES = ['orchestrator', 'deployer', 'artifact_store'] as const;

const seedDefaultStack = async (ctx: Context): Promise<void> => {
  if ((await ctx.db.selectFrom('stack').select('id').where('name', '=', 'default').executeTakeFirst()) !== undefined) return;
  const common = { created: ctx.now, updated: ctx.now, user_id: null, private: 0, name: 'default' };
  const component_ids: Record<string, string[]> = {};
  for (const type of DEFAULT_TYPES) {
    const flavor = await ctx.db.selectFrom('flavor').select('id').where('type', '=', type).where('name', '=', 'local').executeTakeFirstOrThrow();
    const id = newId();
    component_ids[type] = [id];
    await ctx.db
      .insertInto('stack_component')
      .values({ id, ...common, type, flavor_name: 'local', flavor_id: flavor['id'], configuration: '{}' })
      .execute();
  }
  const id = newId();
  await ctx.db
    .insertInto('stack')
    .values({ id, ...common, description: '', component_ids: JSON.stringify(component_ids) })
    .execute();
  await ctx.db
    .insertInto('stack_composition')
    .values(
      Object.values(component_ids)
        .flat()
        .map((component_id) => ({ stack_id: id, component_id })),
    )
    .execute();
};

/** Flavors and the default stack, in the caller's transaction; nothing changes where all is up to date. */
export const seedStacks = async (ctx: Context): Promise<void> => {
  await seedFlavors(ctx);
  await seedDefaultStack(ctx);
};
