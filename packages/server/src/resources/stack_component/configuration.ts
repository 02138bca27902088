// Knows: how the configuration of a component is judged by its flavor's JSON schema.
import type { TSchema } from 'typebox';
import { Invalid } from '../../kernel/errors.ts';
import { plainNumbers } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';
import { check, unknownField } from '../../kernel/validate.ts';

type Schema = Readonly<Record<string, unknown>> & { readonly properties?: Readonly<Record<string, unknown>>; readonly required?: readonly string[] };

/** `{{secret.key}}`: the client puts the value in its place, with its own rights (wire.md 20). */
const isReference = (value: unknown): boolean => typeof value === 'string' && /^\{\{.*\}\}$/.test(value.trim());

/**
 * Throws Invalid, naming every problem, where a configuration does not fit the flavor. `before` is the stored one: keys that
 * it has may stay although a newer flavor no longer knows them. The schema of a custom flavor is only asked for names: it was
 * written by somebody else, and its patterns would run here.
 */
export const judgeConfiguration = (
  flavor: { readonly name: string; readonly type: string; readonly is_custom: boolean; readonly config_schema: unknown },
  given: Values,
  before: Values = {},
): void => {
  const schema = plainNumbers(flavor.config_schema) as Schema;
  const properties = schema.properties ?? {};
  const known = Object.keys(properties);
  const wrong = Object.keys(given).filter((key) => !Object.hasOwn(properties, key) && !Object.hasOwn(before, key));
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(given, key));
  const problems = [
    ...wrong.map((key) => unknownField(key, known)),
    ...(missing.length > 0 ? [`${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`] : []),
    ...(flavor.is_custom ? [] : ofValues(schema, given)),
  ];
  if (problems.length > 0) throw new Invalid(`The configuration does not fit the ${flavor.type.replaceAll('_', ' ')} flavor '${flavor.name}': ${problems.join('; ')}`);
};

const ofValues = (schema: Schema, given: Values): string[] => {
  const plain = Object.entries(given).filter(([key, value]) => !isReference(value) && Object.hasOwn(schema.properties ?? {}, key));
  try {
    check({ ...schema, required: [], additionalProperties: true } as unknown as TSchema, plainNumbers(Object.fromEntries(plain)));
    return [];
  } catch (error) {
    if (error instanceof Invalid) return [error.message];
    throw error;
  }
};
