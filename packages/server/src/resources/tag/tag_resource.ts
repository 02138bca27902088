// The links between tags and what carries them, for clients that set them one by one (wire.md 18).
import { sql } from 'kysely';
import Type, { type Static } from 'typebox';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotFound } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { authorize } from '../../kernel/refusal.ts';
import { operation, signedIn, type Operation } from '../../kernel/resource.ts';
import { put, TAGGED } from './taggable.ts';
import { tag } from './tag.ts';

const link = Type.Object({ tag_id: Type.String({ maxLength: 36 }), resource_id: Type.String({ maxLength: 36 }), resource_type: Type.String({ maxLength: 40 }) }, { additionalProperties: true });
const links = Type.Array(link, { maxItems: 10_000 });
type Link = Static<typeof link>;

/** The thing that is tagged, if the caller may change it. */
const judged = async (ctx: Context, given: Link): Promise<string> => {
  const type = TAGGED[given.resource_type];
  if (type === undefined || !ctx.registry.has(type)) throw new Invalid(`resource_type must be one of ${Object.keys(TAGGED).join(', ')}`);
  return (await authorize(ctx, ctx.registry.get(type), given.resource_id, 'update'))['id'] as string;
};

const add = async (ctx: Context, given: Link): Promise<unknown> => {
  const resource_id = await judged(ctx, given);
  const row = await must(ctx, tag, given.tag_id, 'read', ['id', 'exclusive']);
  const id = await put(ctx, given.resource_type, resource_id, { id: row['id'], exclusive: Number(row['exclusive']) === 1 });
  return { id, permission_denied: false, body: { created: ctx.now, updated: ctx.now, tag_id: row['id'], resource_id, resource_type: given.resource_type }, metadata: null, resources: null };
};

const take = async (ctx: Context, given: Link): Promise<void> => {
  const resource_id = await judged(ctx, given).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (resource_id === null) return;
  await sql`delete from tag_resource where tag_id = ${given.tag_id.toLowerCase()} and resource_type = ${given.resource_type} and resource_id = ${resource_id}`.execute(ctx.db);
};

const needs = signedIn('tagging a thing needs update on that thing');
export const tagLinks: readonly Operation[] = [
  operation({
    name: 'tag', method: 'POST', path: '/tag_resources', needs, writes: true, input: link, description: 'Put a tag on something.',
    run: async (ctx, { input }) => ({ body: await add(ctx, input) }),
  }),
  operation({
    name: 'tag_batch', method: 'POST', path: '/tag_resources/batch', needs, writes: true, input: links, description: 'Put tags on several things.',
    run: async (ctx, { input }) => {
      const made: unknown[] = [];
      for (const given of input) made.push(await add(ctx, given));
      return { body: made };
    },
  }),
  operation({
    name: 'untag', method: 'DELETE', path: '/tag_resources', needs, writes: true, input: link, description: 'Take a tag off something.',
    run: async (ctx, { input }) => {
      await take(ctx, input);
      return { body: null };
    },
  }),
  operation({
    name: 'untag_batch', method: 'DELETE', path: '/tag_resources/batch', needs, writes: true, input: links, description: 'Take tags off several things.',
    run: async (ctx, { input }) => {
      for (const given of input) await take(ctx, given);
      return { body: null };
    },
  }),
];
