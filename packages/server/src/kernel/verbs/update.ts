import { about, difference, record, recordDenial } from '../audit.ts';
import { inTransaction, type Context } from '../context.ts';
import { NotAllowed } from '../errors.ts';
import { decodeRow, type Envelope } from '../present.ts';
import { authorize, authorizePrivacy } from '../refusal.ts';
import type { Resource, Values } from '../resource.ts';
import { validate } from '../validate.ts';
import { conflicts } from './conflicts.ts';
import { encode } from './create.ts';
import { answer } from './get.ts';

/**
 * Changes the fields that were sent and answers the thing hydrated; what was not sent stays.
 * Throws NotFound, NotAllowed, Invalid, Conflict. Nothing is written unless everything is.
 */
export const update = async (ctx: Context, resource: Resource, id_or_name: string, given: unknown): Promise<Envelope> => {
  try {
    return await inTransaction(ctx, async (inside) => {
      const row = await change(inside, resource, id_or_name, given);
      return answer(inside, resource, row['id'] as string);
    });
  } catch (error) {
    if (error instanceof NotAllowed) await recordDenial(ctx, { action: 'update', target_type: resource.type, target_id: id_or_name }, error);
    throw error;
  }
};

/** The same inside a transaction that is already open; returns the decoded row as it is afterwards. */
export const change = async (ctx: Context, resource: Resource, id_or_name: string, given: unknown): Promise<Values> => {
  const before = decodeRow(resource, await authorize(ctx, resource, id_or_name, 'update'));
  const { columns, input } = await validate(ctx, resource, 'update', given, before);
  // Who sees it is not for everybody to say who may edit it.
  if (columns['private'] !== undefined && (columns['private'] === 1) !== before['private']) await authorizePrivacy(ctx, resource, before, columns['private'] === 1);
  const wanted = { ...input, ...decodeRow(resource, columns) };
  const hooked = resource.hooks?.update === undefined ? {} : await resource.hooks.update(ctx, before, wanted);
  const changed: Values = { ...columns, ...encode(hooked) };
  await conflicts(resource, { ...before, ...changed }, () =>
    ctx.db
      .updateTable(resource.table)
      .set({ ...changed, updated: ctx.now })
      .where('id', '=', before['id'])
      .execute(),
  );
  const after: Values = { ...before, ...decodeRow(resource, changed), updated: ctx.now };
  await resource.hooks?.updated?.(ctx, after, wanted);
  await record(ctx, { action: 'update', ...about(resource, after), changes: difference(resource, before, decodeRow(resource, changed)) });
  return after;
};
