// Writing metadata (wire.md 19). Entries are only ever added.
import Type from 'typebox';
import { closedById } from '../../kernel/closed.ts';
import { newId, type Context } from '../../kernel/context.ts';
import { Invalid, NotFound } from '../../kernel/errors.ts';
import { must } from '../../kernel/find.ts';
import { authorize } from '../../kernel/refusal.ts';
import { operation, signedIn, type Values } from '../../kernel/resource.ts';

/** The wire's words for what can carry metadata, and the types here. */
const CARRIERS: Readonly<Record<string, string>> = {
  pipeline_run: 'run',
  step_run: 'step',
  artifact_version: 'artifact_version',
  model_version: 'model_version',
  schedule: 'schedule',
  wait_condition: 'run_wait_condition',
};
const LONGEST = 65_535;
export interface Entries {
  readonly values: Values;
  readonly types: Values;
  readonly stack_component_id?: string | null;
  readonly publisher_step_id?: string | null;
}

/** Adds entries to things that the caller has been found to be allowed to change. Values that are too long, or of no known type, are left out. */
export const addEntries = async (ctx: Context, project_id: string, things: readonly { readonly type: string; readonly id: string }[], given: Entries): Promise<void> => {
  for (const [key, value] of Object.entries(given.values)) {
    if (key.includes(':')) throw new Invalid(`The metadata key '${key}' holds a colon, which separates keys from values in filters`);
    const text = JSON.stringify(value) ?? 'null';
    const type = given.types[key] as string | undefined;
    if (type === undefined || text.length > LONGEST || text.includes('\\u0000')) continue;
    const id = newId();
    await ctx.db
      .insertInto('run_metadata')
      .values({
        id,
        created: ctx.now,
        updated: ctx.now,
        project_id,
        user_id: ctx.actor.id || null,
        key,
        value: text,
        type,
        stack_component_id: given.stack_component_id ?? null,
        publisher_step_id: given.publisher_step_id ?? null,
      })
      .execute();
    for (const thing of things)
      await ctx.db.insertInto('run_metadata_resource').values({ run_metadata_id: id, resource_type: thing.type, resource_id: thing.id }).execute();
  }
};

/** The wire's word for the type of a value, where the client did not send one. */
export const typeOf = (value: unknown): string => {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (Array.isArray(value)) return 'list';
  if (value === null || typeof value !== 'object') return 'str';
  // A number that is kept as it was written.
  return 'rawJSON' in value ? (/[.eE]/.test(String(value.rawJSON)) ? 'float' : 'int') : 'dict';
};

const id = Type.String({ maxLength: 36 });
const optional = Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 36 }));
export const publishMetadata = operation({
  name: 'log_metadata',
  method: 'POST',
  path: '/run-metadata',
  aliases: ['workspaces/{project}/run-metadata'],
  writes: true,
  description: 'Add values to runs, steps, artifact versions or model versions.',
  needs: signedIn('each thing that gets a value must be one that the caller may update'),
  input: Type.Object(
    {
      project: Type.String({ maxLength: 255 }),
      resources: Type.Array(Type.Object({ id, type: Type.String({ maxLength: 40 }) }, { additionalProperties: true }), { maxItems: 1000 }),
      values: Type.Unsafe<Values>({ type: 'object' }),
      types: Type.Unsafe<Values>({ type: 'object' }),
      stack_component_id: optional,
      publisher_step_id: optional,
      user: Type.Optional(Type.Unsafe({})),
    },
    { additionalProperties: false },
  ),
  run: async (ctx, { input, note }) => {
    const project_id = (await must(ctx, ctx.registry.get('project'), input.project, 'read', ['id']))['id'] as string;
    const things: { type: string; id: string }[] = [];
    for (const given of input.resources) {
      const type = CARRIERS[given.type];
      if (type === undefined || !ctx.registry.has(type)) throw new Invalid(`type must be one of ${Object.keys(CARRIERS).join(', ')}`);
      const row = await authorize(ctx, ctx.registry.get(type), given.id, 'update', ['id', 'name', 'project_id']);
      if (row['project_id'] !== project_id) throw new NotFound(`There is no ${type.replaceAll('_', ' ')} '${given.id}' in this project`);
      things.push({ type: given.type, id: row['id'] as string });
    }
    // Who published it is told along with the value: only what the caller may read can be named.
    const named = async (type: string, given_id: string | null | undefined): Promise<string | null> =>
      given_id ? (await must(ctx, ctx.registry.get(type), given_id, 'read', ['id']))['id'] : null;
    const publisher = { stack_component_id: await named('stack_component', input.stack_component_id), publisher_step_id: await named('step', input.publisher_step_id) };
    await addEntries(ctx, project_id, things, { values: input.values, types: input.types, ...publisher });
    // The keys are those of all: where one thing is closed, the record is about that one.
    const shut = await Promise.all(things.map(({ type, id }) => closedById(ctx, ctx.registry.get(CARRIERS[type]!), id)));
    const first = things[Math.max(0, shut.indexOf(true))];
    note({ changes: { keys: Object.keys(input.values), things }, ...(first === undefined ? {} : { target: { type: CARRIERS[first.type]!, id: first.id } }) });
    return { body: null };
  },
});
