import type { Context } from '../context.ts';
import { NotFound, SignInNeeded } from '../errors.ts';
import { find } from '../find.ts';
import { hydrate } from '../hydrate.ts';
import { decodeRow, present, shell, type Envelope } from '../present.ts';
import type { Resource } from '../resource.ts';
import { mayColumns } from '../visible.ts';

/** What a write answers: the thing, or its bare id for who may write it but not read it. */
export const answer = async (ctx: Context, resource: Resource, id: string): Promise<Envelope> => {
  if ((await find(ctx, resource, id, 'read', ['id'])) !== null) return get(ctx, resource, id);
  return shell(resource, id);
};

/** One thing by id (or name, where the resource allows it). Throws NotFound alike for what is missing and what is hidden. */
export const get = async (ctx: Context, resource: Resource, id_or_name: string, options: { hydrate?: boolean } = {}): Promise<Envelope> => {
  if (ctx.actor.kind === 'anonymous') throw new SignInNeeded('Not authenticated');
  const may = mayColumns(ctx, resource, 't');
  const row = await find(ctx, resource, id_or_name, 'read', undefined, { extra: may.columns });
  if (row === null) throw new NotFound(`There is no ${resource.label} '${id_or_name}', or you may not see it`);
  const decoded = decodeRow(resource, row);
  const full = options.hydrate ?? true;
  const related = await hydrate(ctx, resource, [decoded], { hydrate: full, alone: true });
  return present(resource, decoded, { hydrate: full, related: related.get(decoded['id'] as string)!, may: may.read(row) });
};
