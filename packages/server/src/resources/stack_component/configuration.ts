// Knows: how the configuration of a component is judged by its flavor's JSON schema.
import Type, { type TSchema } from 'typebox';
import { Invalid } from '../../kernel/errors.ts';
import { json, nullable } from '../../kernel/field.ts';
import { plainNumbers } from '../../kernel/json.ts';
import type { Values } from '../../kernel/resource.ts';
import { byPath, check, unknownField, type Told } from '../../kernel/validate.ts';
import { relaxed, type Schema } from './relaxed.ts';

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
  const problems: Told[] = [
    ...wrong.map((key) => ({ path: key, text: unknownField(key, known) })),
    ...missing.map((key) => ({ path: key, text: `${key} is missing` })),
    ...(flavor.is_custom ? [] : ofValues(schema, given)),
  ];
  if (problems.length === 0) return;
  const fields = Object.entries(byPath(problems)).map(([path, text]) => [`configuration.${path}`, text]);
  throw new Invalid(
    `The configuration does not fit the ${flavor.type.replaceAll('_', ' ')} flavor '${flavor.name}': ${problems.map((problem) => problem.text).join('; ')}`,
    Object.fromEntries(fields) as Record<string, string>,
  );
};

const ofValues = (schema: Schema, given: Values): Told[] => {
  const plain = Object.entries(given).filter(([key, value]) => !isReference(value) && Object.hasOwn(schema.properties ?? {}, key));
  const values = plain.map(([key, value]) => [key, relaxed(schema, schema.properties?.[key] as Schema, plainNumbers(value))]);
  try {
    check({ ...schema, required: [], additionalProperties: true } as unknown as TSchema, Object.fromEntries(values));
    return [];
  } catch (error) {
    if (error instanceof Invalid) return Object.entries(error.fields).map(([path, text]) => ({ path, text }));
    throw error;
  }
};
