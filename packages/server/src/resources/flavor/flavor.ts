import { sql } from 'kysely';
import Type from 'typebox';
import type { Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import { boolean, json, named, nullable, oneOf, owned, shareable, standard, text } from '../../kernel/field.ts';
import { atServer, defineResource, one, operation, signedIn, type Operation } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { seedFlavors } from '../../seeds/stacks.ts';
import { builtinToReaders, judgeBuiltin } from './builtin.ts';
import { COMPONENT_TYPES } from './types.ts';

const link = (max: number, tier: 'body' | 'metadata') => nullable(text({ tier, max, update: true, filter: false }));

/** A kind of stack component: which Python code it is and what its configuration looks like. */
export const flavor = defineResource({
  type: 'flavor',
  path: 'flavors',
  table: 'flavor',
  label: 'flavor',
  group: 'ml',
  tally: true,
  unique: [['type', 'name']],
  description: 'A kind of stack component: the Python code behind it and the form of its configuration.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...shareable(),
    type: oneOf(COMPONENT_TYPES, { create: 'required', update: true }),
    display_name: text({ default: '', update: true }),
    integration: nullable(text({ update: true })),
    source: text({ create: 'required', update: true, min: 1, filter: false }),
    logo_url: link(2000, 'body'),
    is_custom: boolean({ create: 'never', filter: false }),
    config_schema: json<Record<string, unknown>>({ tier: 'metadata', create: 'required', update: true, schema: Type.Unsafe({ type: 'object' }) }),
    connector_type: link(255, 'metadata'),
    connector_resource_type: link(255, 'metadata'),
    connector_resource_id_attr: link(255, 'metadata'),
    docs_url: link(2000, 'metadata'),
    sdk_docs_url: link(2000, 'metadata'),
  },
  access: { scope: 'server', owner: 'user_id', share: true, also: builtinToReaders('flavor', { column: 'is_custom', value: 0 }) },
  relations: { user: one('account', { by: 'user_id' }) },
  ignore: ['user', 'is_custom'],
  hooks: {
    create: (_ctx, input) => ({ is_custom: true, display_name: input['display_name'] || words(input['name']) }),
    update: async (ctx, row, input) => {
      judgeBuiltin(flavor, row);
      const moved = (input['name'] !== undefined && input['name'] !== row.name) || (input['type'] !== undefined && input['type'] !== row.type);
      if (moved && (await users(ctx, row.id)).all > 0) throw new NotAllowed(`Components use the flavor '${row.name}', so its name and type must stay`);
      return {};
    },
    remove: async (ctx, row) => {
      judgeBuiltin(flavor, row);
      const { all, seen } = await users(ctx, row.id);
      // How many there are beyond those that he sees is not for him to know.
      if (seen < all) throw new NotAllowed(`Components that you may not see use the flavor '${row.name}'; they must be removed first`);
      if (all > 0)
        throw new NotAllowed(`${all === 1 ? 'A component uses' : `${all} components use`} the flavor '${row.name}'; remove ${all === 1 ? 'it' : 'them'} first`);
    },
  },
  show: ['name', 'type', 'integration', 'is_custom'],
});

/** How many components use a flavor, and how many of them the caller may read. */
const users = async (ctx: Context, id: string): Promise<{ all: number; seen: number }> => {
  const { rows } = await sql<{
    n: number;
    seen: number | null;
  }>`select count(*) as n, sum(case when ${visible(ctx, ctx.registry.get('stack_component'), 'read', 'c')} then 1 else 0 end) as seen
    from stack_component as c where c.flavor_id = ${id}`.execute(ctx.db);
  return { all: Number(rows[0]!.n), seen: Number(rows[0]!.seen ?? 0) };
};

const words = (name: string): string => name.replace(/[_-]+/g, ' ').replace(/\b\w/g, (letter) => letter.toUpperCase());

export const componentTypes: Operation = operation({
  name: 'component_types',
  method: 'GET',
  path: '/component-types',
  needs: signedIn('a fixed list of words'),
  writes: false,
  description: 'What a stack can be made of.',
  run: async () => ({ body: COMPONENT_TYPES }),
});

export const syncFlavors: Operation = operation({
  name: 'sync_flavors',
  method: 'PATCH',
  path: '/flavors/sync',
  needs: atServer('flavor:update'),
  writes: true,
  description: 'Bring the flavors that come with the server to the form in which it brings them; it does so at every start, too.',
  run: async (ctx) => {
    await seedFlavors(ctx);
    return { body: null };
  },
});
