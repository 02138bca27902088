// The links between tags and what carries them, for clients that set them one by one (wire.md 18).
import { sql } from 'kysely';
import Type, { type Static } from 'typebox';
import { closedById } from '../../kernel/closed.ts';
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotFound } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { authorize } from '../../kernel/refusal.ts';
import { operation, signedIn, type Call, type Operation } from '../../kernel/resource.ts';
import { put } from './taggable.ts';
import { tag } from './tag.ts';
import { TAGGED } from './tagged.ts';

const link = Type.Object(
  { tag_id: Type.String({ maxLength: 36 }), resource_id: Type.String({ maxLength: 36 }), resource_type: Type.String({ maxLength: 40 }) },
  { additionalProperties: true },
);
const links = Type.Array(link, { maxItems: 10_000 });
type Link = Static<typeof link>;

/** What a request did, for its audit row. */
interface Done {
  readonly type: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly tag_id: string;
}

/** The thing that is tagged, if the caller may change it. */
const judged = async (ctx: Context, given: Link): Promise<Omit<Done, 'tag_id'>> => {
  const type = TAGGED[given.resource_type];
  if (type === undefined || !ctx.registry.has(type)) throw new Invalid(`resource_type must be one of ${Object.keys(TAGGED).join(', ')}`);
  const row = await authorize(ctx, ctx.registry.get(type), given.resource_id, 'update');
  return { type, id: row['id'], name: row['name'] };
};

const add = async (ctx: Context, given: Link, done: Done[]): Promise<unknown> => {
  const thing = await judged(ctx, given);
  const row = await must(ctx, tag, given.tag_id, 'read', ['id', 'exclusive']);
  const id = await put(ctx, given.resource_type, thing.id, { id: row['id'], exclusive: Number(row['exclusive']) === 1 });
  done.push({ ...thing, tag_id: row['id'] });
  return {
    id,
    permission_denied: false,
    body: { created: ctx.now, updated: ctx.now, tag_id: row['id'], resource_id: thing.id, resource_type: given.resource_type },
    metadata: null,
    resources: null,
  };
};

const take = async (ctx: Context, given: Link, done: Done[]): Promise<void> => {
  const thing = await judged(ctx, given).catch((error: unknown) => {
    if (error instanceof NotFound) return null;
    throw error;
  });
  if (thing === null) return;
  const tag_id = given.tag_id.toLowerCase();
  await sql`delete from tag_resource where tag_id = ${tag_id} and resource_type = ${given.resource_type} and resource_id = ${thing.id}`.execute(ctx.db);
  done.push({ ...thing, tag_id });
};

/** Names what was tagged in the audit row: the first thing that is open to those who read it, and of all that are what was done. */
const tell = async (ctx: Context, note: Call<null, unknown, unknown>['note'], done: readonly Done[]): Promise<void> => {
  const open: Done[] = [];
  for (const one of done) if (!(await closedById(ctx, ctx.registry.get(one.type), one.id))) open.push(one);
  const target = open[0] ?? done[0];
  if (target === undefined) return;
  const things = open.map(({ type, id, tag_id }) => ({ type, id, tag_id }));
  note({
    target: { type: target.type, id: target.id, ...(target.name === undefined ? {} : { name: target.name }) },
    changes: { things, ...(open.length < done.length ? { private: done.length - open.length } : {}) },
  });
};

const needs = signedIn('tagging a thing needs update on that thing');
export const tagLinks: readonly Operation[] = [
  operation({
    name: 'tag',
    method: 'POST',
    path: '/tag_resources',
    needs,
    writes: true,
    input: link,
    description: 'Put a tag on something.',
    run: async (ctx, { input, note }) => {
      const done: Done[] = [];
      const body = await add(ctx, input, done);
      await tell(ctx, note, done);
      return { body };
    },
  }),
  operation({
    name: 'tag_batch',
    method: 'POST',
    path: '/tag_resources/batch',
    needs,
    writes: true,
    input: links,
    description: 'Put tags on several things.',
    run: async (ctx, { input, note }) => {
      const [done, body]: [Done[], unknown[]] = [[], []];
      for (const given of input) body.push(await add(ctx, given, done));
      await tell(ctx, note, done);
      return { body };
    },
  }),
  operation({
    name: 'untag',
    method: 'DELETE',
    path: '/tag_resources',
    needs,
    writes: true,
    input: link,
    description: 'Take a tag off something.',
    run: async (ctx, { input, note }) => {
      const done: Done[] = [];
      await take(ctx, input, done);
      await tell(ctx, note, done);
      return { body: null };
    },
  }),
  operation({
    name: 'untag_batch',
    method: 'DELETE',
    path: '/tag_resources/batch',
    needs,
    writes: true,
    input: links,
    description: 'Take tags off several things.',
    run: async (ctx, { input, note }) => {
      const done: Done[] = [];
      for (const given of input) await take(ctx, given, done);
      await tell(ctx, note, done);
      return { body: null };
    },
  }),
];
