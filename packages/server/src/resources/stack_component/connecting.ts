// Knows: how a component is given a service connector: one that the caller may read, and that fits what its flavor asks for.
import { sql } from 'kysely';
import Type from 'typebox';
import type { Context } from '../../kernel/context.ts';
import { NotFound, Refused } from '../../kernel/errors.ts';
import { canonicalUuid } from '../../kernel/filter.ts';
import { find } from '../../kernel/find.ts';
import { decodeRow } from '../../kernel/present.ts';
import { filter, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { serviceConnector } from '../service_connector/service_connector.ts';

export const connectorInput = { connector: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 255 })) };

/** The readable connector with this id. Throws NotFound. */
export const connectorById = async (ctx: Context, id: string): Promise<Values> => {
  const row = await find(ctx, serviceConnector, id, 'read');
  if (row === null) throw new NotFound(`connector: there is no service connector '${id}', or you may not see it`);
  return decodeRow(serviceConnector, row);
};

/**
 * The columns that follow from `connector` and `connector_resource_id`; nothing where no connector is named. The one that a component has
 * already may be named again by whoever may not see it: clients send it along with every other change.
 */
export const connected = async (ctx: Context, input: Values, row: Values | null = null): Promise<Values> => {
  const given = input['connector'] as string | null | undefined;
  if (given === undefined) return {};
  if (given === null) return { connector_id: null, connector_resource_id: null };
  const id = canonicalUuid(given) ?? given;
  return { connector_id: id === row?.['connector_id'] ? id : (await connectorById(ctx, id))['id'], connector_resource_id: input['connector_resource_id'] ?? null };
};

/** Components by their connector, as far as the caller may read it. */
export const connectorFilter = filter(
  'uuid',
  (t, is, ctx) => sql`exists (select 1 from service_connector as k where k.id = ${sql.ref(`${t}.connector_id`)}
  and ${is(sql.ref('k.id'))} and ${visible(ctx, serviceConnector, 'read', 'k')})`,
  { negate_outside: true },
);

/** What of a connector a component of this flavor uses: the thing that is named, or that its configuration names, or the connector's own. Throws Refused. */
export const resourceFor = (flavor: Values, connector: Values, named: unknown, configuration: Values): string | null => {
  const [type, resource_type, attribute] = ['connector_type', 'connector_resource_type', 'connector_resource_id_attr'].map((name) => flavor[name] as string | null);
  if (!resource_type) throw new Refused(`The flavor '${flavor['name']}' uses no service connector`);
  if ((type && type !== connector['connector_type']) || !(connector['resource_types'] as readonly string[]).includes(resource_type))
    throw new Refused(
      `The flavor '${flavor['name']}' needs a connector${type ? ` of the type ${type}` : ''} that opens ${resource_type}; '${connector['name']}' does not`,
    );
  const found = named ?? (attribute ? configuration[attribute] : undefined) ?? connector['resource_id'];
  if (typeof found === 'string' && found !== '') return found;
  if (connector['supports_instances'] === true) throw new Refused(`'${connector['name']}' opens several things; say which with service_connector_resource_id`);
  return null;
};
