import { sql } from 'kysely';
import Type from 'typebox';
import type { Context } from '../../kernel/context.ts';
import { NotFound } from '../../kernel/errors.ts';
import { computed, json, named, nullable, oneOf, owned, ref, shareable, standard, text, uuid } from '../../kernel/field.ts';
import { must } from '../../kernel/find.ts';
import { decodeRow } from '../../kernel/present.ts';
import { by, defineResource, filter, one, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { builtinToReaders, judgeBuiltin } from '../flavor/builtin.ts';
import { flavor } from '../flavor/flavor.ts';
import { COMPONENT_TYPES } from '../flavor/types.ts';
import { attachedTo, attachSecrets, secretInputs } from '../secret/attached.ts';
import { judgeConfiguration, textMap } from './configuration.ts';
import { connected, connectorFilter, connectorInput } from './connecting.ts';
import { mustBeFree } from './removing.ts';

const ofFlavor = (column: string) =>
  computed<string | null>(
    'text',
    (t, ctx) => sql`(select f.${sql.ref(column)} from flavor as f where f.id = ${sql.ref(`${t}.flavor_id`)} and ${visible(ctx, flavor, 'read', 'f')})`,
    { filter: false },
  );
const WANTED = ['id', 'name', 'type', 'is_custom', 'config_schema', 'connector_type', 'connector_resource_type', 'connector_resource_id_attr'];

/** The flavor with this name, as far as the caller may read it. Throws NotFound. */
export const flavorNamed = async (ctx: Context, type: string, name: string): Promise<Values> => {
  const { rows } = await sql<{ id: string }>`select t.id from flavor as t where t.type = ${type} and t.name = ${name} and ${visible(ctx, flavor, 'read', 't')}`.execute(
    ctx.db,
  );
  if (rows[0] === undefined) throw new NotFound(`flavor: there is no ${type.replaceAll('_', ' ')} flavor '${name}'; GET /flavors?type=${type} lists them`);
  return decodeRow(flavor, await must(ctx, flavor, rows[0].id, 'read', WANTED));
};

const judge = (of: Values, given: Values, before?: Values): void => judgeConfiguration(of as Parameters<typeof judgeConfiguration>[0], given, before);

const stackFilter = filter(
  'text',
  (t, is, ctx) => sql`exists (select 1 from stack_composition as c join stack as s on s.id = c.stack_id
  where c.component_id = ${sql.ref(`${t}.id`)} and ${is(sql.ref('s.id'))} and ${visible(ctx, ctx.registry.get('stack'), 'read', 's')})`,
  { negate_outside: true },
);

export const stackComponent = defineResource({
  type: 'stack_component',
  path: 'components',
  aliases: ['workspaces/{project}/components'],
  table: 'stack_component',
  label: 'stack component',
  group: 'ml',
  tally: true,
  unique: [['type', 'name']],
  description: 'A part of a stack, such as an orchestrator or an artifact store, with its configuration.',
  fields: {
    ...standard(),
    ...named({ min: 1 }),
    ...owned(),
    ...shareable(),
    type: oneOf(COMPONENT_TYPES, { create: 'required' }),
    flavor_name: text({ input: 'flavor', create: 'required', min: 1 }),
    integration: ofFlavor('integration'),
    logo_url: ofFlavor('logo_url'),
    configuration: json<Record<string, unknown>>({ tier: 'metadata', create: 'required', update: true, schema: Type.Unsafe({ type: 'object' }) }),
    environment: textMap(),
    labels: nullable(json<Record<string, unknown>>({ tier: 'metadata', update: true, schema: Type.Unsafe({ type: 'object' }) })),
    connector_resource_id: nullable(text({ tier: 'metadata', update: true, filter: false })),
    connector_id: nullable(uuid({ tier: 'hidden', create: 'never', filter: false })),
    flavor_id: ref('flavor', { tier: 'hidden', create: 'never', filter: false }),
  },
  access: { scope: 'server', owner: 'user_id', share: true, also: builtinToReaders('stack_component', { column: 'name', value: 'default' }) },
  relations: {
    user: one('account', { by: 'user_id' }),
    flavor: one('flavor', { by: 'flavor_id' }),
    connector: one('service_connector', { by: 'connector_id', tier: 'metadata' }),
    secrets: attachedTo('stack_component'),
  },
  filters: {
    flavor: filter('text', (t, is) => is(sql.ref(`${t}.flavor_name`))),
    // The client asks for one type of component this way, whatever else it asks for.
    scope_type: { ...by('text', (t) => sql.ref(`${t}.type`)), beside: true },
    stack_id: { ...stackFilter, kind: 'uuid' },
    connector_id: connectorFilter,
  },
  inputs: { create: { ...secretInputs.create, ...connectorInput }, update: { ...secretInputs.update, ...connectorInput } },
  ignore: ['user'],
  hooks: {
    create: async (ctx, input) => {
      const found = await flavorNamed(ctx, input['type'], input['flavor']);
      judge(found, input['configuration']);
      return { flavor_id: found['id'], ...(await connected(ctx, input)) };
    },
    update: async (ctx, row, input) => {
      judgeBuiltin(stackComponent, row);
      if (input['configuration'] !== undefined) judge(await systemFlavor(ctx, row.flavor_id), input['configuration'], row.configuration);
      return connected(ctx, input, row);
    },
    created: (ctx, row, input) => attachSecrets(ctx, 'stack_component', row.id, input),
    updated: (ctx, row, input) => attachSecrets(ctx, 'stack_component', row.id, input),
    remove: mustBeFree,
  },
  show: ['name', 'type', 'flavor_name', 'user', 'created'],
});

/** The flavor of a component that is there already: its owner need not see a flavor that was shared with him once. */
const systemFlavor = async (ctx: Context, id: string): Promise<Values> =>
  decodeRow(flavor, (await ctx.db.selectFrom('flavor').select(WANTED).where('id', '=', id).executeTakeFirstOrThrow()) as Values);
