import type { Context } from '../context.ts';
import { SignInNeeded } from '../errors.ts';
import { hydrate } from '../hydrate.ts';
import { decodeRow, present, type Envelope } from '../present.ts';
import { runList } from '../page.ts';
import { parseList, type Query } from '../query.ts';
import type { Resource } from '../resource.ts';

export interface Page {
  readonly index: number;
  readonly max_size: number;
  readonly total_pages: number;
  readonly total: number;
  readonly items: readonly Envelope[];
}

/**
 * A page of what the actor may read, in the wire's form; totals count what is visible.
 * Throws Invalid on a query that does not make sense, NotFound on an unknown project, Refused past the last page.
 */
export const list = async (ctx: Context, resource: Resource, query: Query): Promise<Page> => {
  if (ctx.actor.kind === 'anonymous') throw new SignInNeeded('Not authenticated');
  const request = await parseList(ctx, resource, query);
  const { rows, total, may } = await runList(ctx, resource, request);
  const decoded = rows.map((row) => decodeRow(resource, row));
  const related = await hydrate(ctx, resource, decoded, { hydrate: request.hydrate });
  return {
    index: request.page,
    max_size: request.size,
    total_pages: Math.max(1, Math.ceil(total / request.size)),
    total,
    items: decoded.map((row, i) => present(resource, row, { hydrate: request.hydrate, related: related.get(row['id'] as string)!, may: may(rows[i]!) })),
  };
};
