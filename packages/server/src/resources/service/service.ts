import Type from 'typebox';
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Conflict, Invalid } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import { inProject, json, longText, named, nullable, oneOf, owned, ref, shareable, standard, text } from '../../kernel/field.ts';
import { defineResource, filter, one, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

const STATES = ['inactive', 'active', 'pending_startup', 'pending_shutdown', 'error', 'scaled_to_zero'] as const;
const document = Type.Unsafe<Record<string, unknown>>({ type: 'object' });
const typed = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  properties: Object.fromEntries(['type', 'flavor', 'name', 'description', 'logo_url'].map((name) => [name, { type: 'string', maxLength: 4000 }])),
  required: ['type', 'flavor'],
});
const hidden = { tier: 'hidden', create: 'never' } as const;
const settable = { tier: 'metadata', update: true } as const;

/** The state that the service says of itself. */
const stateOf = (status: unknown): string | null => {
  const state: unknown = (status as Values | null | undefined)?.['state'] ?? null;
  if (state !== null && !(STATES as readonly unknown[]).includes(state)) throw new Invalid(`status.state must be one of ${STATES.join(', ')}`);
  return state as string | null;
};
const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The same configuration twice is the same service (wire). Throws Conflict where the caller sees that one. */
const mustBeNew = async (ctx: Context, input: Values): Promise<void> => {
  const { rows } = await sql<{
    name: string;
  }>`select t.name from service as t where t.project_id = ${input['project_id']} and t.config = ${JSON.stringify(input['config'])}
    and ${visible(ctx, ctx.registry.get('service'), 'read', 't')} limit 1`.execute(ctx.db);
  if (rows[0] !== undefined) throw new Conflict(`The service '${rows[0].name}' has this configuration already; use that one, or change the configuration`);
};

/** A filter by the whole configuration: its JSON in base64, as clients send it, or plain. */
const configured = (t: string, given: string) => {
  const plain = given.trimStart().startsWith('{') ? given : Buffer.from(given, 'base64').toString('utf8');
  try {
    return sql`${sql.ref(`${t}.config`)} = ${JSON.stringify(parseJson(plain))}`;
  } catch {
    throw new Invalid('config must be a JSON document, plain or in base64');
  }
};

export const service = defineResource({
  type: 'service',
  path: 'services',
  aliases: ['workspaces/{project}/services'],
  table: 'service',
  label: 'service',
  group: 'ml',
  tally: true,
  description: 'Something that a model deployer keeps running, such as a server for predictions.',
  fields: {
    ...standard(),
    ...named(),
    ...owned(),
    ...inProject(),
    ...shareable(),
    service_type: json<Record<string, unknown>>({ create: 'required', schema: typed }),
    labels: nullable(json<Record<string, unknown>>({ update: true, schema: document })),
    state: nullable(oneOf(STATES, { create: 'never' })),
    service_source: nullable(longText(settable)),
    admin_state: nullable(oneOf(STATES, settable)),
    config: json<Record<string, unknown>>({ tier: 'metadata', create: 'required', schema: document }),
    status: nullable(json<Record<string, unknown>>({ ...settable, schema: document })),
    endpoint: nullable(json<Record<string, unknown>>({ ...settable, schema: document })),
    prediction_url: nullable(longText(settable)),
    health_check_url: nullable(longText(settable)),
    type: text({ ...hidden, max: 4000 }),
    flavor: text({ ...hidden, max: 4000 }),
    pipeline_name: nullable(text(hidden)),
    pipeline_step_name: nullable(text(hidden)),
    model_version_id: nullable(ref('model_version', { tier: 'hidden', update: true })),
    pipeline_run_id: nullable(ref('run', { tier: 'hidden' })),
  },
  access: { scope: 'project', owner: 'user_id', share: true },
  relations: {
    user: one('account', { by: 'user_id' }),
    model_version: one('model_version', { by: 'model_version_id' }),
    pipeline_run: one('run', { by: 'pipeline_run_id' }),
  },
  filters: {
    running: filter('boolean', (t, is) => is(sql`case when ${sql.ref(`${t}.state`)} = 'active' then 1 else 0 end`)),
    config: { kind: 'text', test: () => sql`1 = 0`, raw: configured },
  },
  ignore: ['user'],
  null_keeps: true,
  hooks: {
    create: async (ctx, input) => {
      await mustBeNew(ctx, input);
      const { service_type, config } = input as { service_type: Values; config: Values };
      return {
        type: service_type['type'],
        flavor: service_type['flavor'],
        state: stateOf(input['status']),
        pipeline_name: word(config['pipeline_name']),
        pipeline_step_name: word(config['pipeline_step_name']),
      };
    },
    update: (_ctx, _row, input) => (input['status'] === undefined ? {} : { state: stateOf(input['status']) }),
  },
  show: ['name', 'type', 'state', 'created'],
});
