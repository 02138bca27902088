// Knows: the service connectors that a stack is made with: some that are there, some described in the request.
import { randomBytes } from 'node:crypto';
import Type from 'typebox';
import type { Context } from '../../kernel/context.ts';
import { Invalid } from '../../kernel/errors.ts';
import { decodeRow } from '../../kernel/present.ts';
import type { Values } from '../../kernel/resource.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { serviceConnector } from '../service_connector/service_connector.ts';
import { connectorById } from '../stack_component/connecting.ts';

export const connectorsInput = Type.Optional(
  Type.Unsafe<readonly (string | Values)[] | null>({
    type: ['array', 'null'],
    maxItems: 100,
    items: {
      anyOf: [
        { type: 'string', maxLength: 255 },
        {
          type: 'object',
          properties: {
            type: { type: 'string', minLength: 1, maxLength: 255 },
            auth_method: { type: 'string', minLength: 1, maxLength: 255 },
            configuration: { type: 'object' },
          },
          required: ['type', 'auth_method'],
        },
      ],
    },
  }),
);

const freeName = async (ctx: Context, wanted: string): Promise<string> => {
  const taken = await ctx.db.selectFrom('service_connector').select('id').where('name', '=', wanted).executeTakeFirst();
  return taken === undefined ? wanted : `${wanted.slice(0, 246)}-${randomBytes(4).toString('hex')}`;
};

/** The connectors of a request, in its order; those that are described are made, named after the stack. Throws Invalid, NotFound, NotAllowed. */
export const connectorsOf = async (ctx: Context, stack_name: string, labels: unknown, given: readonly (string | Values)[]): Promise<readonly Values[]> => {
  const found: Values[] = [];
  for (const one of given) {
    if (typeof one === 'string') {
      found.push(await connectorById(ctx, one));
      continue;
    }
    const made = await insert(ctx, serviceConnector, {
      name: await freeName(ctx, stack_name),
      connector_type: one['type'],
      auth_method: one['auth_method'],
      configuration: one['configuration'] ?? {},
      labels: Object.fromEntries(Object.entries((labels ?? {}) as Values).map(([name, value]) => [name, String(value)])),
    });
    found.push(decodeRow(serviceConnector, made));
  }
  return found;
};

/** The connector that a component of the request names by its place in the list. Throws Invalid. */
export const byIndex = (connectors: readonly Values[], index: unknown): Values | null => {
  if (index === undefined || index === null) return null;
  const found = typeof index === 'number' || /^\d+$/.test(String(index)) ? connectors[Number(index)] : undefined;
  if (found === undefined)
    throw new Invalid(`components: service_connector_index ${JSON.stringify(index).slice(0, 20)} names none of the ${connectors.length} service connectors`);
  return found;
};
