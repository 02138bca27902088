/** A JSON schema as far as flavors, connectors and the like use it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: boolean;
}

export type Kind =
  | { readonly kind: 'text'; readonly secret: boolean; readonly minLength?: number | undefined }
  | {
      readonly kind: 'number';
      readonly integer: boolean;
      readonly least?: number | undefined;
      readonly most?: number | undefined;
      readonly above?: number | undefined;
      readonly below?: number | undefined;
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'object'; readonly fields: readonly Spec[] }
  | { readonly kind: 'map'; readonly of: Kind }
  | { readonly kind: 'list'; readonly of: Kind }
  | { readonly kind: 'tuple'; readonly of: readonly Kind[] }
  /** One of several types, told apart by how it is written. */
  | { readonly kind: 'mixed'; readonly types: readonly string[] }
  /** Any document of this type. */
  | { readonly kind: 'json'; readonly of: 'object' | 'array' | 'any' };

export interface Spec {
  readonly name: string;
  readonly label: string;
  readonly kind: Kind;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly fallback: unknown;
  readonly secret: boolean;
  readonly deprecated: boolean;
  readonly description: string | undefined;
}

const DEEPEST = 6;

const follow = (root: Schema, schema: Schema): Schema => {
  let found = schema;
  for (let steps = 0; steps < DEEPEST; steps++) {
    const only = found.allOf?.length === 1 ? found.allOf[0] : undefined;
    const target = found.$ref ? root.$defs?.[found.$ref.replace('#/$defs/', '')] : only;
    if (!target) return found;
    const { $ref: _ref, allOf: _all, ...own } = found;
    found = { ...target, ...own };
  }
  return found;
};

const isNull = (schema: Schema): boolean => schema.type === 'null' || schema.const === null;

/** The branches of a union without null, flattened. */
const branchesOf = (root: Schema, given: Schema): { readonly branches: Schema[]; readonly nullable: boolean } => {
  const schema = follow(root, given);
  const union = schema.anyOf ?? schema.oneOf;
  if (!union) {
    const types = [schema.type ?? []].flat();
    if (types.length < 2) return { branches: isNull(schema) ? [] : [schema], nullable: isNull(schema) };
    return {
      branches: types.filter((type) => type !== 'null').map((type) => ({ ...schema, type })),
      nullable: types.includes('null'),
    };
  }
  const inner = union.map((branch) => branchesOf(root, branch));
  return { branches: inner.flatMap((one) => one.branches), nullable: inner.some((one) => one.nullable) };
};

const isSecret = (schema: Schema): boolean =>
  Boolean(
    schema.sensitive ||
    schema.writeOnly ||
    schema.format === 'password' ||
    schema.anyOf?.some(isSecret) ||
    schema.items?.format === 'password',
  );

const typeOf = (schema: Schema): string => {
  const type = [schema.type ?? []].flat()[0];
  if (type) return type;
  if (schema.properties || schema.additionalProperties) return 'object';
  if (schema.items || schema.prefixItems) return 'array';
  return schema.enum ? 'string' : 'any';
};

/** A value of which nothing is said. */
const anything: Kind = { kind: 'mixed', types: ['string', 'number', 'boolean', 'object', 'array'] };

const objectKind = (root: Schema, schema: Schema, depth: number): Kind => {
  if (depth > DEEPEST) return { kind: 'json', of: 'object' };
  if (schema.properties && Object.keys(schema.properties).length) {
    return { kind: 'object', fields: fieldsOf(schema, root, depth + 1) };
  }
  const rest = schema.additionalProperties;
  return typeof rest === 'object' && Object.keys(rest).length
    ? { kind: 'map', of: kindOf(root, rest, depth + 1) }
    : { kind: 'map', of: anything };
};

const arrayKind = (root: Schema, schema: Schema, depth: number): Kind => {
  if (depth > DEEPEST) return { kind: 'json', of: 'array' };
  if (schema.prefixItems) return { kind: 'tuple', of: schema.prefixItems.map((one) => kindOf(root, one, depth + 1)) };
  return schema.items && Object.keys(schema.items).length
    ? { kind: 'list', of: kindOf(root, schema.items, depth + 1) }
    : { kind: 'list', of: anything };
};

/** What kind of field a schema is. */
const kindOf = (root: Schema, given: Schema, depth = 0): Kind => {
  const { branches } = branchesOf(root, given);
  const choices = branches.flatMap((branch) => branch.enum ?? ('const' in branch ? [branch.const] : []));
  if (choices.length && branches.every((branch) => branch.enum ?? 'const' in branch)) {
    return choices.every((choice) => typeof choice === 'string')
      ? { kind: 'choice', options: choices }
      : { kind: 'mixed', types: [...new Set(choices.map((choice) => typeof choice))] };
  }
  const types = [...new Set(branches.map(typeOf))];
  if (types.every((type) => type === 'integer' || type === 'number') && types.length) {
    const [first] = branches;
    return {
      kind: 'number',
      integer: !types.includes('number'),
      least: first?.minimum,
      most: first?.maximum,
      above: first?.exclusiveMinimum,
      below: first?.exclusiveMaximum,
    };
  }
  const [schema] = branches;
  if (!schema || types.length !== 1 || branches.length !== 1) {
    return types.length === 0 || types.includes('any') ? { kind: 'json', of: 'any' } : { kind: 'mixed', types };
  }
  switch (types[0]) {
    case 'string':
      return { kind: 'text', secret: isSecret(given) || isSecret(schema), minLength: schema.minLength };
    case 'boolean':
      return { kind: 'boolean' };
    case 'object':
      return objectKind(root, schema, depth);
    case 'array':
      return arrayKind(root, schema, depth);
    default:
      return { kind: 'json', of: 'any' };
  }
};

const upper = new Set(
  'acl api aws cpu cuda dns gcp gpu iam id ip ips json kms nfs pvc ram s3 sa sdk sql ssh ssl tls ttl ui uri url us vcpu vm vms vpc yaml'.split(
    ' ',
  ),
);

/** `s3_upload_url` → `S3 upload URL`. */
export const labelOf = (name: string): string => {
  const words = name.split('_').map((word) => (upper.has(word.toLowerCase()) ? word.toUpperCase() : word));
  const text = words.join(' ').trim() || name;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

/** The fields of an object schema, in its order. */
export const fieldsOf = (schema: Schema, root: Schema = schema, depth = 0): Spec[] =>
  Object.entries(schema.properties ?? {}).map(([name, given]) => {
    const followed = follow(root, given);
    return {
      name,
      label: labelOf(name),
      kind: kindOf(root, given, depth),
      required: schema.required?.includes(name) ?? false,
      nullable: branchesOf(root, given).nullable,
      fallback: given.default,
      secret: isSecret(given) || isSecret(followed),
      deprecated: Boolean(given.deprecated),
      description: given.description ?? followed.description,
    };
  });
