import { sql } from 'kysely';
import { boolean, computed, named, oneOf, owned, shareable, standard } from '../../kernel/field.ts';
import { defineResource, filter, one } from '../../kernel/resource.ts';
import { readableLinks } from './tagged.ts';

const COLORS = ['grey', 'purple', 'red', 'green', 'yellow', 'orange', 'lime', 'teal', 'turquoise', 'magenta', 'blue'] as const;

/** A colour for a tag that nobody chose one for: the same name has the same colour everywhere. */
const colorOf = (name: string): string => COLORS[[...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % COLORS.length]!;

export const tag = defineResource({
  type: 'tag',
  path: 'tags',
  table: 'tag',
  label: 'tag',
  group: 'ml',
  tally: true,
  by_name: true,
  unique: [['name']],
  description: 'A word that pipelines, runs, artifacts and models can carry; an exclusive one sits on one run (or version) at a time.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...shareable(),
    color: oneOf(COLORS, { update: true }),
    exclusive: boolean({ default: false, update: true }),
    tagged_count: computed<number>('integer', (t, ctx) => sql`(select count(*) from ${readableLinks(ctx, t)})`, { tier: 'metadata', filter: false }),
  },
  access: { scope: 'server', owner: 'user_id', share: true },
  relations: { user: one('account', { by: 'user_id' }) },
  filters: {
    resource_type: filter('text', (t, is, ctx) => sql`exists (select 1 from ${readableLinks(ctx, t)} and ${is(sql.ref('tr.resource_type'))})`, { negate_outside: true }),
  },
  ignore: ['user'],
  null_keeps: true,
  hooks: { create: (_ctx, input) => ({ color: input['color'] ?? colorOf(input['name']) }) },
  show: ['name', 'color', 'exclusive', 'created'],
});
