// The name of what is asked for, told only to those who may read it: to whom it is hidden, it may as well not be there.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import type { Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

export const nameOfTarget = async (ctx: Context, rows: readonly Values[]): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  for (const type of new Set(rows.map((row) => row['target_type'] as string))) {
    const resource = ctx.registry.has(type) ? ctx.registry.get(type) : null;
    if (resource === null || resource.fields['name'] === undefined) continue;
    const asked = rows.filter((row) => row['target_type'] === type);
    const found = await sql<{
      id: string;
      name: string;
    }>`select t.id, t.name from ${sql.table(resource.table)} as t where t.id in (${sql.join(asked.map((row) => row['target_id']))}) and ${visible(ctx, resource, 'read', 't')}`.execute(
      ctx.db,
    );
    for (const { id, name } of found.rows) for (const row of asked.filter((one) => one['target_id'] === id)) names.set(row['id'], name);
  }
  return names;
};
