import { sql } from 'kysely';
import Type from 'typebox';
import { json, named, nullable, owned, shareable, standard, text } from '../../kernel/field.ts';
import { defineResource, derived, filter, one } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { builtinToReaders, judgeBuiltin } from '../flavor/builtin.ts';
import { attachedTo, attachSecrets, secretInputs } from '../secret/attached.ts';
import { textMap } from '../stack_component/configuration.ts';
import { componentsOf, compose, link, type Composition } from './composition.ts';
import { connectorsInput, connectorsOf } from './connectors.ts';

const parts = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: {
    type: 'array',
    maxItems: 100,
    items: {
      anyOf: [
        { type: 'string', maxLength: 255 },
        {
          type: 'object',
          properties: { flavor: { type: 'string' }, configuration: { type: 'object' }, service_connector_index: {}, service_connector_resource_id: {} },
          required: ['flavor'],
        },
      ],
    },
  },
});
const shown = Type.Unsafe({ type: 'object', additionalProperties: { type: 'array', items: Type.Ref('stack_component') } });

/** The condition on the components of a stack that the caller may read. */
const ofComponent = (...columns: readonly string[]) =>
  filter(
    'text',
    (t, is, ctx) => sql`exists (select 1 from stack_composition as c join stack_component as sc on sc.id = c.component_id
  where c.stack_id = ${sql.ref(`${t}.id`)} and (${sql.join(
    columns.map((column) => is(sql.ref(`sc.${column}`))),
    sql` or `,
  )}) and ${visible(ctx, ctx.registry.get('stack_component'), 'read', 'sc')})`,
    { negate_outside: true },
  );

export const stack = defineResource({
  type: 'stack',
  path: 'stacks',
  aliases: ['workspaces/{project}/stacks'],
  table: 'stack',
  label: 'stack',
  group: 'ml',
  tally: true,
  unique: [['name']],
  description: 'Where pipelines run: an orchestrator, an artifact store and what else they need.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...shareable(),
    description: nullable(text({ tier: 'metadata', default: '', update: true })),
    stack_spec_path: nullable(text({ tier: 'metadata', max: 2000, update: true, filter: false })),
    environment: textMap(),
    labels: nullable(json<Record<string, unknown>>({ tier: 'metadata', update: true, schema: Type.Unsafe({ type: 'object' }), present: (value) => value ?? {} })),
    component_ids: json<Composition>({ tier: 'hidden', create: 'never' }),
  },
  access: { scope: 'server', owner: 'user_id', share: true, also: builtinToReaders('stack', { column: 'name', value: 'default' }) },
  relations: { user: one('account', { by: 'user_id' }), components: derived(componentsOf, { tier: 'metadata', empty: {}, schema: shown }), secrets: attachedTo('stack') },
  filters: { component: ofComponent('id', 'name'), component_id: { ...ofComponent('id'), kind: 'uuid' } },
  inputs: {
    create: { components: parts, service_connectors: connectorsInput, ...secretInputs.create },
    update: { components: Type.Optional(Type.Unsafe<Record<string, unknown> | null>({ anyOf: [parts, { type: 'null' }] })), ...secretInputs.update },
  },
  ignore: ['user'],
  hooks: {
    create: async (ctx, input) => {
      const connectors = await connectorsOf(ctx, input['name'], input['labels'], input['service_connectors'] ?? []);
      return { component_ids: await compose(ctx, input['name'], input['components'], connectors) };
    },
    created: async (ctx, row, input) => {
      await link(ctx, row.id, row.component_ids);
      await attachSecrets(ctx, 'stack', row.id, input);
    },
    update: async (ctx, row, input) => {
      judgeBuiltin(stack, row);
      return input['components'] ? { component_ids: await compose(ctx, row.name, input['components']) } : {};
    },
    updated: async (ctx, row, input) => {
      if (input['components']) await link(ctx, row.id, row.component_ids);
      await attachSecrets(ctx, 'stack', row.id, input);
    },
    remove: async (_ctx, row): Promise<void> => judgeBuiltin(stack, row),
  },
  show: ['name', 'description', 'user', 'created'],
});
