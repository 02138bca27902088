// Knows: which secrets hang on stacks and components, for both of them; the client gives their values to the steps, with its own rights.
import { sql } from 'kysely';
import Type from 'typebox';
import { aside } from '../../kernel/audit.ts';
import type { Context } from '../../kernel/context.ts';
import { NotFound } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { column, named } from '../../kernel/names.ts';
import { derived, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

const ids = Type.Optional(Type.Unsafe<readonly string[] | null>({ type: ['array', 'null'], items: { type: 'string', maxLength: 255 }, maxItems: 1000 }));
export const secretInputs = { create: { secrets: ids }, update: { add_secrets: ids, remove_secrets: ids } };

type Holder = 'stack' | 'stack_component';

/** The id of the secret with this id or name: of several of one name the one for everybody, then one's own, as the client has it. Throws NotFound. */
const secretNamed = async (ctx: Context, id_or_name: string): Promise<string> => {
  const uuid = canonicalUuid(id_or_name);
  const secret = ctx.registry.get('secret');
  const { rows } = await sql<{ id: string }>`select t.id from secret as t
    where ${uuid === null ? sql`t.name = ${id_or_name.replaceAll('\0', '')}` : sql`t.id = ${uuid}`} and ${visible(ctx, secret, 'read', 't')}
    order by case when t.private = 0 then 0 when t.user_id = ${ctx.actor.id} then 1 else 2 end, t.created limit 1`.execute(ctx.db);
  if (rows[0] === undefined) throw new NotFound(`secrets: there is no secret '${id_or_name}', or you may not see it`);
  return rows[0].id;
};
const resolve = async (ctx: Context, given: unknown): Promise<string[]> => {
  const found = new Set<string>();
  for (const id_or_name of (given as readonly string[] | null | undefined) ?? []) found.add(await secretNamed(ctx, id_or_name));
  return [...found];
};

/** Attaches and detaches what an input asks for; both may be repeated. Throws NotFound on a secret that the caller cannot see. */
export const attachSecrets = async (ctx: Context, holder: Holder, id: string, input: Values): Promise<void> => {
  const added = await resolve(ctx, input['secrets'] ?? input['add_secrets']);
  const removed = await resolve(ctx, input['remove_secrets']);
  if (added.length > 0)
    await ctx.db
      .insertInto(`${holder}_secret`)
      .values(added.map((secret_id) => ({ [`${holder}_id`]: id, secret_id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  if (removed.length > 0) await ctx.db.deleteFrom(`${holder}_secret`).where(`${holder}_id`, '=', id).where('secret_id', 'in', removed).execute();
  if (added.length + removed.length > 0) aside(ctx, { secrets: { added, removed } });
};

/** The ids of the secrets that hang on each of a page of things, as far as the caller may see them. */
export const attachedTo = (holder: Holder) =>
  derived(
    async (ctx, rows) => {
      const own = column('l', `${holder}_id`);
      const { rows: links } = await sql<{ holder: string; id: string }>`select ${own} as holder, t.id as id from ${named(`${holder}_secret`)} as l
        join secret as t on t.id = l.secret_id where ${own} in (${sql.join(rows.map((row) => row.id))}) and ${visible(ctx, ctx.registry.get('secret'), 'read', 't')}
        order by t.created, t.id`.execute(ctx.db);
      const found = new Map<string, string[]>();
      for (const link of links) found.set(link.holder, [...(found.get(link.holder) ?? []), link.id]);
      return found;
    },
    { tier: 'metadata', empty: [], schema: Type.Unsafe({ type: 'array', items: { type: 'string', format: 'uuid' } }) },
  );
