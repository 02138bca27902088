// What components can carry on the wire and this server does not keep: it says so instead of dropping it.
import Type from 'typebox';
import { Unavailable } from '../../kernel/errors.ts';

export const connectorInput = { connector: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 255 })) };

/** Throws Unavailable where a service connector is to be used. */
export const noConnector = (id: unknown): void => {
  if (id !== undefined && id !== null)
    throw new Unavailable('This server has no service connectors; give the component its credentials in the configuration or the environment');
};
