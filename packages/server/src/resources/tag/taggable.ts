// What makes a resource taggable: its relation, its filter, its inputs, and how tags are put on and taken off.
import { sql } from 'kysely';
import Type from 'typebox';
import { newId, quietly, type Context } from '../../kernel/context.ts';
import { NotAllowed, Refused } from '../../kernel/errors.ts';
import { find } from '../../kernel/find.ts';
import { filter, many, type Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { visible } from '../../kernel/visible.ts';
import { tag } from './tag.ts';
import { TAGGED } from './tagged.ts';

/** Within what an exclusive tag sits on one thing only: a column of the tagged table. */
const EXCLUSIVE_IN: Readonly<Record<string, { table: string; by: string }>> = {
  artifact_version: { table: 'artifact_version', by: 'artifact_id' },
  pipeline_run: { table: 'pipeline_run', by: 'pipeline_id' },
  pipeline_snapshot: { table: 'pipeline_snapshot', by: 'pipeline_id' },
};

export interface TagWish {
  readonly name: string;
  readonly color?: string | null;
  readonly exclusive?: boolean | null;
  readonly cascade?: boolean | null;
}
const wish = Type.Unsafe<string | TagWish>({
  anyOf: [
    { type: 'string', minLength: 1, maxLength: 255 },
    { type: 'object', properties: { name: { type: 'string', minLength: 1, maxLength: 255 } }, required: ['name'] },
  ],
});
const tagList = Type.Optional(Type.Unsafe<readonly (string | TagWish)[] | null>({ anyOf: [Type.Array(wish, { maxItems: 1000 }), { type: 'null' }] }));

/** The tags of a page of rows, `tags` as a filter, and the inputs of the wire. */
export const taggable = (wire_type: string) => ({
  relations: { tags: many('tag', { through: { table: 'tag_resource', from: 'resource_id', to: 'tag_id', where: { resource_type: wire_type } }, sort: 'name' }) },
  filters: {
    tags: filter(
      'text',
      (t, is, ctx) => sql`exists (select 1 from tag_resource as tr join tag as tg on tg.id = tr.tag_id
    where tr.resource_type = ${wire_type} and tr.resource_id = ${sql.ref(`${t}.id`)} and ${is(sql.ref('tg.name'))} and ${visible(ctx, tag, 'read', 'tg')})`,
      { negate_outside: true },
    ),
  },
  inputs: { create: { tags: tagList }, update: { add_tags: tagList, remove_tags: tagList } },
});

/** The tag of this name, made where there is none. Throws Refused where it exists but is (or is not) exclusive as wished. */
const tagFor = async (ctx: Context, wanted: TagWish): Promise<Values> => {
  const known = await find(ctx, tag, wanted.name, 'read', ['id', 'exclusive']);
  if (known === null) return insert(quietly(ctx), tag, { name: wanted.name, color: wanted.color ?? null, exclusive: wanted.exclusive ?? false });
  if (typeof wanted.exclusive === 'boolean' && wanted.exclusive !== (Number(known['exclusive']) === 1)) {
    throw new Refused(`The tag '${wanted.name}' is ${wanted.exclusive ? 'not ' : ''}exclusive; change the tag first`);
  }
  return { ...known, exclusive: Number(known['exclusive']) === 1 };
};

/** Puts one tag on one thing. Putting it on twice changes nothing; an exclusive one leaves where it was. Throws NotAllowed where it cannot. */
export const put = async (ctx: Context, wire_type: string, id: string, the_tag: Values): Promise<string> => {
  if (the_tag['exclusive'] === true) await moveAway(ctx, wire_type, id, the_tag);
  const where = { tag_id: the_tag['id'], resource_type: wire_type, resource_id: id };
  await ctx.db
    .insertInto('tag_resource')
    .values({ id: newId(), created: ctx.now, updated: ctx.now, ...where })
    .onConflict((conflict) => conflict.columns(['resource_type', 'resource_id', 'tag_id']).doNothing())
    .execute();
  const kept = await sql<{ id: string }>`select id from tag_resource where tag_id = ${the_tag['id']} and resource_type = ${wire_type} and resource_id = ${id}`.execute(
    ctx.db,
  );
  return kept.rows[0]!.id;
};

const moveAway = async (ctx: Context, wire_type: string, id: string, the_tag: Values): Promise<void> => {
  const within = EXCLUSIVE_IN[wire_type];
  if (within === undefined) throw new Refused(`An exclusive tag can sit on a run, a snapshot or an artifact version, not on a ${wire_type.replaceAll('_', ' ')}`);
  const own = sql`select own.${sql.ref(within.by)} from ${sql.table(within.table)} as own where own.id = ${id}`;
  const { rows } = await sql<{
    id: string;
    mine: number;
  }>`select tr.id, case when ${visible(ctx, ctx.registry.get(TAGGED[wire_type]!), 'update', 'other')} then 1 else 0 end as mine
    from tag_resource as tr join ${sql.table(within.table)} as other on other.id = tr.resource_id
    where tr.tag_id = ${the_tag['id']} and tr.resource_type = ${wire_type} and tr.resource_id <> ${id} and other.${sql.ref(within.by)} = (${own})`.execute(ctx.db);
  // Taking it away changes the thing that has it. Which one that is may be more than the caller may know.
  if (rows.some((row) => Number(row.mine) !== 1))
    throw new NotAllowed('This tag is exclusive, and what has it now is not yours to change: ask its owner to take the tag off');
  for (const row of rows) await ctx.db.deleteFrom('tag_resource').where('id', '=', row.id).execute();
};

/** Puts tags on a thing by name; what does not exist is made. Throws Refused where `exclusive` does not fit, NotAllowed where a tag cannot be made. */
export const attach = async (ctx: Context, wire_type: string, id: string, wishes: readonly (string | TagWish)[] | null | undefined): Promise<void> => {
  for (const given of wishes ?? []) await put(ctx, wire_type, id, await tagFor(ctx, typeof given === 'string' ? { name: given } : given));
};

/** Takes tags off a thing by name; those it does not have are passed over. */
export const detach = async (ctx: Context, wire_type: string, id: string, wishes: readonly (string | TagWish)[] | null | undefined): Promise<void> => {
  const names = (wishes ?? []).map((given) => (typeof given === 'string' ? given : given.name));
  if (names.length === 0) return;
  await sql`delete from tag_resource where resource_type = ${wire_type} and resource_id = ${id} and tag_id in (select tg.id from tag as tg where tg.name in (${sql.join(names)}))`.execute(
    ctx.db,
  );
};

/** Hooks of a resource whose rows are tagged and nothing more. */
export const tagHooks = (wire_type: string) => ({
  created: (ctx: Context, row: { readonly id: string }, input: Values) => attach(ctx, wire_type, row.id, input['tags']),
  updated: async (ctx: Context, row: { readonly id: string }, input: Values) => {
    await attach(ctx, wire_type, row.id, input['add_tags']);
    await detach(ctx, wire_type, row.id, input['remove_tags']);
  },
  remove: (ctx: Context, row: { readonly id: string }) => forget(ctx, wire_type, row.id),
});

/** What other tables keep about a thing by its type and id goes with it. */
export const forget = async (ctx: Context, wire_type: string, id: string): Promise<void> => {
  await ctx.db.deleteFrom('tag_resource').where('resource_type', '=', wire_type).where('resource_id', '=', id).execute();
  await ctx.db.deleteFrom('run_metadata_resource').where('resource_type', '=', wire_type).where('resource_id', '=', id).execute();
};
