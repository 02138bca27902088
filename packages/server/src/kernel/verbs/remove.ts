import { about, record, recordDenial } from '../audit.ts';
import { inTransaction, type Context } from '../context.ts';
import { NotAllowed } from '../errors.ts';
import { decodeRow } from '../present.ts';
import { authorize } from '../refusal.ts';
import type { Resource, Values } from '../resource.ts';

/** Removes one thing. Throws NotFound, NotAllowed (also where its state forbids it). Answers null, as the wire does. */
export const remove = async (ctx: Context, resource: Resource, id_or_name: string, query: Values = {}): Promise<null> => {
  try {
    return await inTransaction(ctx, async (inside) => {
      const row = decodeRow(resource, await authorize(inside, resource, id_or_name, 'delete'));
      await resource.hooks?.remove?.(inside, row, query);
      await inside.db.deleteFrom(resource.table).where('id', '=', row['id']).execute();
      await record(inside, { action: 'delete', ...about(resource, row) });
      return null;
    });
  } catch (error) {
    if (error instanceof NotAllowed) await recordDenial(ctx, { action: 'delete', target_type: resource.type, target_id: id_or_name }, error.message);
    throw error;
  }
};
