// Knows: which things an account owns, over all declared resources.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Resource } from '../../kernel/resource.ts';

export interface Owned { readonly type: string; readonly label: string; readonly count: number }

/** Credentials die with their account; everything else that has an owner can be handed over. */
const lasting = (ctx: Context): readonly Resource[] => ctx.registry.resources.filter((resource) => resource.access.owner !== null && resource.group !== 'people');

/** What an account owns, by type; types of which it owns nothing are left out. */
export const owned = async (ctx: Context, account_id: string): Promise<readonly Owned[]> => {
  const found: Owned[] = [];
  for (const resource of lasting(ctx)) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(resource.table)} where ${sql.ref(resource.access.owner!)} = ${account_id}`.execute(ctx.db);
    const count = Number(rows[0]!.n);
    if (count > 0) found.push({ type: resource.type, label: count === 1 ? resource.label : `${resource.label}s`, count });
  }
  return found;
};

/** Gives everything that one account owns to another. */
export const handOver = async (ctx: Context, from: string, to: string): Promise<void> => {
  for (const resource of lasting(ctx)) {
    await sql`update ${sql.table(resource.table)} set ${sql.ref(resource.access.owner!)} = ${to} where ${sql.ref(resource.access.owner!)} = ${from}`.execute(ctx.db);
  }
};
