// Taking over another server: whoever reads it there sends its things here, a batch at a time, in an order in which each finds what it needs.
import { sql } from 'kysely';
import Type from 'typebox';
import { atServer as everywhere, mustHold } from '../access/holding.ts';
import type { Context } from '../kernel/context.ts';
import { Invalid, ZendoError } from '../kernel/errors.ts';
import { canonicalUuid } from '../kernel/filter.ts';
import { atServer, operation, type Operation, type Values } from '../kernel/resource.ts';
import { isUniqueViolation } from '../kernel/verbs/conflicts.ts';
import { advance, cursors } from './mapped.ts';
import { Missing, type Thing } from './row.ts';
import { take, type Taken } from './take.ts';

/** What can be taken, in the order in which it must come. */
const TAKEN: readonly string[] =
  'user service_account project tag flavor secret service_connector stack_component stack code_repository pipeline schedule pipeline_build pipeline_snapshot model model_version run artifact artifact_version step model_version_artifact model_version_run'.split(
    ' ',
  );
const MOST = 500;

const thing = Type.Unsafe<Thing>({ type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 36 } } });
const input = Type.Object(
  {
    source: Type.String({ maxLength: 36, description: 'The id of the other server, as its /info says it' }),
    type: Type.String({ maxLength: 40 }),
    items: Type.Array(thing, { maxItems: MOST }),
    list: Type.Optional(Type.String({ maxLength: 255 })),
    at: Type.Optional(Type.String({ maxLength: 40, description: 'Everything of the list that changed before this has been sent' })),
  },
  { additionalProperties: false },
);

/** Whatever is written here may belong to anybody and lie anywhere: only who may do everything may do this. */
const judge = (ctx: Context): Promise<void> => mustHold(ctx, ['read', 'write'], everywhere, 'take over another server');

const sourceOf = (given: string): string => {
  const id = canonicalUuid(given);
  if (id === null) throw new Invalid('source must be the id of the other server, a UUID');
  return id;
};

/** One thing; one that cannot come is left, with the reason, and stops nothing. */
const attempt = async (ctx: Context, source: string, type: string, one: Thing): Promise<Taken> => {
  const id = canonicalUuid(one.id);
  if (id === null) return { outcome: 'left', id: null, why: 'its id is no UUID' };
  await sql`savepoint one_thing`.execute(ctx.db);
  try {
    const taken = await take(ctx, source, ctx.registry.get(type), { ...one, id });
    await sql`release savepoint one_thing`.execute(ctx.db);
    return taken;
  } catch (error) {
    const why = error instanceof Missing || error instanceof ZendoError ? error.message : isUniqueViolation(error) ? 'something here has its place already' : null;
    if (why === null) throw error;
    await sql`rollback to savepoint one_thing`.execute(ctx.db);
    await sql`release savepoint one_thing`.execute(ctx.db);
    return { outcome: 'left', id: null, why };
  }
};

export const importing: readonly Operation[] = [
  operation({
    name: 'import',
    method: 'POST',
    path: '/import',
    needs: atServer('settings:manage'),
    writes: true,
    input,
    // A batch may hold secrets; sent again it changes nothing.
    tells_once: true,
    description: 'Take over things of another server; who does it must hold read and write at the server.',
    run: async (ctx, { input: given, note }) => {
      await judge(ctx);
      const source = sourceOf(given.source);
      if (!TAKEN.includes(given.type)) throw new Invalid(`type must be one of ${TAKEN.join(', ')}`);
      const results: (Taken & { readonly foreign_id: string })[] = [];
      for (const one of given.items) results.push({ foreign_id: one.id, ...(await attempt(ctx, source, given.type, one)) });
      if (given.list !== undefined && given.at !== undefined) await advance(ctx, source, given.list, given.at);
      const counts: Values = {};
      for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
      note({ changes: { source, type: given.type, ...counts } });
      return { body: { results } };
    },
  }),
  operation({
    name: 'import_state',
    method: 'GET',
    path: '/import/{source_id}',
    needs: atServer('settings:manage'),
    writes: false,
    description: 'How far another server has been taken over.',
    run: async (ctx, { params }) => {
      await judge(ctx);
      return { body: { lists: await cursors(ctx, sourceOf(params['source_id'] ?? '')), types: TAKEN, most: MOST } };
    },
  }),
];
