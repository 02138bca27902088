// What stacks and components can carry on the wire and this server does not keep: it says so instead of dropping it.
import Type from 'typebox';
import { Unavailable } from '../../kernel/errors.ts';
import { json, nullable } from '../../kernel/field.ts';
import type { Values } from '../../kernel/resource.ts';

const ids = Type.Optional(Type.Unsafe<readonly string[] | null>({ type: ['array', 'null'], items: { type: 'string', maxLength: 255 }, maxItems: 1000 }));
const connector = { connector: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 255 })) };
export const secretInputs = { create: { secrets: ids, ...connector }, update: { add_secrets: ids, remove_secrets: ids, ...connector } };
export const stackSecretInputs = { create: { secrets: ids }, update: { add_secrets: ids, remove_secrets: ids } };

/** Environment variables: names and their text; an empty map where none were given. */
export const textMap = () =>
  nullable(
    json<Record<string, string>>({
      tier: 'metadata',
      update: true,
      schema: Type.Unsafe({ type: 'object', additionalProperties: { type: 'string' } }),
      present: (value) => value ?? {},
    }),
  );

/** Throws Unavailable where secrets are to be attached. */
export const noSecrets = (input: Values): void => {
  if ([input['secrets'], input['add_secrets']].some((list) => Array.isArray(list) && list.length > 0))
    throw new Unavailable('This server keeps no secrets, so none can be attached; pass them as environment variables of the machine that runs the steps');
};

/** Throws Unavailable where a service connector is to be used. */
export const noConnector = (id: unknown): void => {
  if (id !== undefined && id !== null)
    throw new Unavailable('This server has no service connectors; give the component its credentials in the configuration or the environment');
};
