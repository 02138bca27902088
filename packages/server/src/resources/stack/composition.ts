// Knows: which components a stack is made of: `{type: [component, …]}`, the first of each type being the one that is used.
import type { Context } from '../../kernel/context.ts';
import { Invalid, NotFound } from '../../kernel/errors.ts';
import { find } from '../../kernel/find.ts';
import { byIds } from '../../kernel/hydrate.ts';
import type { Values } from '../../kernel/resource.ts';
import { unknownField } from '../../kernel/validate.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { COMPONENT_TYPES, REPEATABLE } from '../flavor/types.ts';
import { resourceFor } from '../stack_component/connecting.ts';
import { flavorNamed, stackComponent } from '../stack_component/stack_component.ts';
import { byIndex } from './connectors.ts';

export type Composition = Readonly<Record<string, readonly string[]>>;
const NEEDED = ['orchestrator', 'artifact_store'];

/**
 * The ids behind what a request says, each readable and of the right type; new components are made on the way, all or none.
 * Throws Invalid where the stack could not run, NotFound on a component that the caller cannot see.
 */
export const compose = async (ctx: Context, stack_name: string, given: Values, connectors: readonly Values[] = []): Promise<Composition> => {
  const unknown = Object.keys(given).filter((type) => !(COMPONENT_TYPES as readonly string[]).includes(type));
  if (unknown.length > 0) throw new Invalid(`components: ${unknown.map((type) => unknownField(type, COMPONENT_TYPES)).join('; ')}`);
  const missing = NEEDED.filter((type) => !Array.isArray(given[type]) || given[type].length === 0);
  if (missing.length > 0) throw new Invalid(`A stack needs an orchestrator and an artifact store; components names no ${missing.join(' and no ').replaceAll('_', ' ')}`);
  const crowded = Object.keys(given).filter((type) => Array.isArray(given[type]) && given[type].length > 1 && !REPEATABLE.includes(type));
  if (crowded.length > 0)
    throw new Invalid(`A stack has one ${crowded[0]!.replaceAll('_', ' ')}; several are possible only of ${REPEATABLE.join(', ').replaceAll('_', ' ')}`);
  const made: Record<string, string[]> = {};
  for (const type of COMPONENT_TYPES.filter((known) => Array.isArray(given[known]) && given[known].length > 0)) {
    made[type] = [];
    for (const [i, part] of (given[type] as unknown[]).entries()) {
      const id =
        typeof part === 'string' ? await existing(ctx, type, part) : await fresh(ctx, type, i === 0 ? stack_name : `${stack_name}-${i + 1}`, part as Values, connectors);
      if (made[type].includes(id)) throw new Invalid(`components: the ${type} '${id}' is named twice`);
      made[type].push(id);
    }
  }
  return made;
};

const existing = async (ctx: Context, type: string, id: string): Promise<string> => {
  const row = await find(ctx, stackComponent, id, 'read', ['id', 'name', 'type']);
  if (row === null) throw new NotFound(`components: there is no stack component '${id}'`);
  if (row['type'] !== type) throw new Invalid(`components: '${row['name']}' stands under ${type} but is of the type ${row['type']}`);
  return row['id'] as string;
};

const fresh = async (ctx: Context, type: string, name: string, part: Values, connectors: readonly Values[]): Promise<string> => {
  const configuration: Values = part['configuration'] ?? {};
  const connector = byIndex(connectors, part['service_connector_index']);
  const uses =
    connector === null
      ? {}
      : {
          connector: connector['id'],
          connector_resource_id: resourceFor(await flavorNamed(ctx, type, part['flavor']), connector, part['service_connector_resource_id'], configuration),
        };
  return (await insert(ctx, stackComponent, { name, type, flavor: part['flavor'], configuration, ...uses }))['id'] as string;
};

/** Keeps the table by which stacks are found from components in step with the stack. */
export const link = async (ctx: Context, stack_id: string, composition: Composition): Promise<void> => {
  await ctx.db.deleteFrom('stack_composition').where('stack_id', '=', stack_id).execute();
  await ctx.db
    .insertInto('stack_composition')
    .values(
      Object.values(composition)
        .flat()
        .map((component_id) => ({ stack_id, component_id })),
    )
    .execute();
};

/** The components of a page of stacks; what the caller may not read stands there as a shell. */
export const componentsOf = async (ctx: Context, stacks: readonly Values[]): Promise<ReadonlyMap<string, unknown>> => {
  const all = stacks.flatMap((row) => Object.values(row['component_ids'] as Composition).flat());
  const found = await byIds(ctx, stackComponent, [...new Set(all)]);
  return new Map(
    stacks.map((row) => [
      row['id'] as string,
      Object.fromEntries(Object.entries(row['component_ids'] as Composition).map(([type, ids]) => [type, ids.flatMap((id) => found.get(id) ?? [])])),
    ]),
  );
};
