// Knows: how a declaration reads as JSON schema, for validation and for OpenAPI. Must not know: any resource.
import Type, { type TObject, type TSchema } from 'typebox';
import type { Field } from './field.ts';
import type { Resource } from './resource.ts';

const DATE_PATTERN = '^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:?\\d\\d)?$';
const UUID_PATTERN = '^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}$';
type Plain = Record<string, unknown>;

const base = (field: Field, byName: boolean): Plain => {
  switch (field.kind) {
    case 'text':
      return field.values !== undefined
        ? { type: 'string', enum: field.values }
        : { type: 'string', ...(field.min === undefined ? {} : { minLength: field.min }), ...(field.max === undefined ? {} : { maxLength: field.max }) };
    case 'uuid':
      return byName ? { type: 'string', minLength: 1, maxLength: 255 } : { type: 'string', format: 'uuid', pattern: UUID_PATTERN };
    case 'integer':
      return { type: 'integer', minimum: field.min ?? -9007199254740991, maximum: field.max ?? 9007199254740991 };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'datetime':
      return { type: 'string', pattern: DATE_PATTERN };
    case 'json':
      return (field.schema as Plain | undefined) ?? {};
  }
};

const orNull = (schema: Plain): Plain => {
  if (Array.isArray(schema['enum'])) return { ...schema, type: [schema['type'] as string, 'null'], enum: [...schema['enum'], null] };
  if (typeof schema['type'] === 'string') return { ...schema, type: [schema['type'], 'null'] };
  return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: 'null' }] };
};

/** The schema of one field's value; `byName`: a name may stand in place of the id. */
const valueSchema = (field: Field, byName = false): TSchema => {
  const plain = base(field, byName);
  return Type.Unsafe((field.nullable ? orNull(plain) : plain) as TSchema) as TSchema;
};

/** The name under which requests send a field. */
export const inputName = (column: string, field: Field): string => field.input ?? column;

/** What a create (or update) of the resource takes. Unknown fields are refused. */
export const inputSchema = (resource: Resource, verb: 'create' | 'update', byName: (type: string) => boolean): TObject => {
  const entries = Object.entries(resource.fields).flatMap(([column, field]) => {
    if (verb === 'create' ? field.create === 'never' : !field.update) return [];
    const lax = verb === 'create' && field.create === 'optional';
    // The stock client sends every field, null where nothing was said (wire.md 10.1).
    // What must be said when a thing is made may still be lost later, as when what it points to goes; in an update null leaves what cannot be null.
    const schema = valueSchema({ ...field, nullable: verb === 'update' || lax }, field.ref !== undefined && byName(field.ref));
    return [[inputName(column, field), verb === 'create' && !lax ? schema : Type.Optional(schema)] as const];
  });
  // What older clients send without meaning stands in the document as taken; validate drops it.
  const ignored = Object.fromEntries((resource.ignore ?? []).map((name) => [name, Type.Optional(Type.Unsafe({ description: 'Taken, and ignored.' }))]));
  return Type.Object({ ...ignored, ...Object.fromEntries(entries), ...resource.inputs?.[verb] }, { additionalProperties: false });
};

const tier = (resource: Resource, name: string): Record<string, TSchema> => ({
  ...Object.fromEntries(
    Object.entries(resource.fields)
      .filter(([, field]) => field.tier === name)
      .map(([column, field]) => [
        column,
        valueSchema({ ...field, nullable: field.present === undefined && (field.nullable || field.secret || field.needs !== undefined) }),
      ]),
  ),
  ...Object.fromEntries(
    Object.entries(resource.relations ?? {})
      .filter(([, relation]) => relation.tier === name)
      .map(([key, relation]) => {
        if (relation.kind === 'derived') return [key, relation.schema ?? Type.Unsafe({})];
        const target = Type.Ref(relation.type) as TSchema;
        if (relation.kind === 'many') return [key, Type.Array(target)];
        // What cannot be seen is a shell: null only where nothing is named.
        return [key, resource.fields[relation.by!]?.nullable === false ? target : (Type.Unsafe({ anyOf: [target, { type: 'null' }] }) as TSchema)];
      }),
  ),
});

/** One thing as the wire shows it: the envelope of wire.md 8. */
export const envelopeSchema = (resource: Resource): TSchema =>
  Type.Object({
    id: Type.Unsafe({ type: 'string', format: 'uuid' }),
    ...tier(resource, 'top'),
    permission_denied: Type.Boolean(),
    body: Type.Unsafe({ anyOf: [Type.Object(tier(resource, 'body')), { type: 'null' }] }),
    metadata: Type.Unsafe({ anyOf: [Type.Object(tier(resource, 'metadata')), { type: 'null' }] }),
    resources: Type.Unsafe({ anyOf: [Type.Object(tier(resource, 'resources')), { type: 'null' }] }),
    may: Type.Optional(Type.Array(Type.String())),
  }) as TSchema;

/** A page of such things (wire.md 5). */
export const pageSchema = (type: string): TSchema =>
  Type.Object({
    index: Type.Integer(),
    max_size: Type.Integer(),
    total_pages: Type.Integer(),
    total: Type.Integer(),
    items: Type.Array(Type.Ref(type) as TSchema),
  }) as TSchema;
