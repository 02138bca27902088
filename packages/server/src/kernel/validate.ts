// Knows: how an input is checked and brought into the form in which it is stored. Must not know: any resource.
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Context } from './context.ts';
import { Invalid, NotFound } from './errors.ts';
import type { Field } from './field.ts';
import { canonicalUuid } from './filter.ts';
import { find } from './find.ts';
import { plainNumber } from './json.ts';
import type { Resource, Values } from './resource.ts';
import { inputName, inputSchema } from './schemas.ts';

type Problem = { readonly keyword: string; readonly instancePath: string; readonly message: string; readonly params: Record<string, unknown> };
interface Checker {
  Check(value: unknown): boolean;
  Errors(value: unknown): Iterable<Problem>;
}
const compiled = new WeakMap<object, Checker>();
const checker = (schema: TSchema): Checker => {
  const known = compiled.get(schema) ?? (Compile(schema) as unknown as Checker);
  compiled.set(schema, known);
  return known;
};

/** The nearest of the known words, for "did you mean"; null when none is near. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      row = row.reduce<number[]>((next, _, j) => [...next, j === 0 ? i : Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))], []);
    }
    return row[b.length]!;
  };
  const ranked = known.map((name) => [distance(word, name), name] as const).sort(([a], [b]) => a - b);
  const best = ranked[0];
  return best !== undefined && best[0] <= Math.max(1, Math.floor(word.length / 3)) ? best[1] : null;
};

const describe = (problem: Problem, schema: TSchema): string => {
  const path = problem.instancePath.slice(1).replaceAll('/', '.') || 'the body';
  const params = problem.params as { allowedValues?: unknown[]; requiredProperties?: string[]; additionalProperties?: string[]; type?: string | string[] };
  switch (problem.keyword) {
    case 'required':
      return `${params.requiredProperties?.join(', ')} ${(params.requiredProperties?.length ?? 1) > 1 ? 'are' : 'is'} missing`;
    case 'additionalProperties':
      return (params.additionalProperties ?? []).map((name) => unknownField(name, Object.keys((schema as { properties?: object }).properties ?? {}))).join('; ');
    case 'enum':
      return `${path} must be one of ${(params.allowedValues ?? []).filter((value) => value !== null).join(', ')}`;
    case 'type':
      return `${path} must be ${[params.type]
        .flat()
        .filter((name) => name !== 'null')
        .join(' or ')}`;
    case 'pattern':
      return `${path} does not have the right form`;
    default:
      return `${path} ${problem.message}`;
  }
};

/** The words for a field that is not known here. */
export const unknownField = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  return near === null ? `unknown field '${name}'` : `unknown field '${name}'; did you mean '${near}'?`;
};

export interface Told {
  readonly path: string;
  readonly text: string;
}

/** What a form shows beside each field; what concerns the whole is not in it. */
export const byPath = (problems: readonly Told[]): Record<string, string> =>
  Object.fromEntries(
    [...new Set(problems.map((problem) => problem.path))].filter(Boolean).map((path) => [
      path,
      problems
        .filter((problem) => problem.path === path)
        .map((problem) => problem.text)
        .join('; '),
    ]),
  );

/** Every problem in words. Of a union, that a value is not null says nothing; of a wrong part, that it is unknown would be untrue. */
const problemsOf = (schema: TSchema, value: unknown): Told[] => {
  const all = [...checker(schema).Errors(value)].filter(
    ({ keyword, params }) => !['boolean', 'anyOf', 'const'].includes(keyword) && !(keyword === 'type' && params['type'] === 'null'),
  );
  const known = all.filter(
    ({ keyword, instancePath, params }) =>
      keyword !== 'additionalProperties' ||
      !((params['additionalProperties'] ?? []) as string[]).some((name) => all.some((one) => one.instancePath === `${instancePath}/${name}`)),
  );
  const told = known.flatMap((problem): Told[] => {
    const at = problem.instancePath.slice(1).replaceAll('/', '.');
    const names = (problem.params['requiredProperties'] ?? problem.params['additionalProperties']) as string[] | undefined;
    if (names === undefined || problem.keyword === 'additionalProperties') return [{ path: names?.[0] && at === '' ? names[0] : at, text: describe(problem, schema) }];
    return names.map((name) => ({
      path: at ? `${at}.${name}` : name,
      text: describe({ ...problem, params: { requiredProperties: [at ? `${at}.${name}` : name] } }, schema),
    }));
  });
  return told.filter((one, i) => told.findIndex((other) => other.text === one.text) === i);
};

/** Checks a value against a schema. Throws Invalid with every problem in words. `lenient` drops unknown fields first. */
export const check = (schema: TSchema, given: unknown, lenient = false): Values => {
  const properties = (schema as { properties?: Record<string, unknown> }).properties;
  let value = given ?? {};
  if (properties !== undefined && typeof value === 'object' && !Array.isArray(value)) {
    const entries = Object.entries(value).filter(([name]) => !lenient || Object.hasOwn(properties, name));
    value = Object.fromEntries(entries.map(([name, inner]) => [name, plainNumber(inner)]));
  }
  const { Check } = checker(schema);
  if (!Check.call(checker(schema), value)) {
    const problems = problemsOf(schema, value);
    throw new Invalid(problems.map((problem) => problem.text).join('; ') || 'the body does not have the right form', byPath(problems));
  }
  return value as Values;
};

/** Naive UTC with six digits, from any of the forms that clients send. Throws Invalid. */
export const canonicalDate = (name: string, given: string): string => {
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(given);
  const millis = Date.parse(`${given.replace(' ', 'T')}${zoned ? '' : 'Z'}`);
  if (Number.isNaN(millis)) throw new Invalid(`${name}: '${given}' is no date`);
  const fraction = (/\.(\d{1,9})/.exec(given)?.[1] ?? '').padEnd(6, '0').slice(0, 6);
  return `${new Date(millis).toISOString().slice(0, 19)}.${fraction}`;
};

const stored = (name: string, field: Field, value: unknown): unknown => {
  if (value === null) return null;
  if (field.kind === 'json') {
    const document = JSON.stringify(value);
    if (document.includes('\\u0000')) throw new Invalid(`${name} cannot hold the NUL character`);
    return document;
  }
  if (field.kind === 'boolean') return value === true ? 1 : 0;
  if (field.kind === 'datetime') return canonicalDate(name, value as string);
  if (typeof value !== 'string') return value;
  if (value.includes('\0') || !value.isWellFormed()) throw new Invalid(`${name} holds a character that cannot be stored`);
  if (field.tier === 'top' && /[\t\n\r\v\f]/.test(value)) throw new Invalid(`${name} cannot hold tabs or line breaks`);
  return value;
};

const schemas = new WeakMap<Resource, { create: TSchema; update: TSchema }>();
/** The schemas of a resource's inputs, made once. */
export const inputSchemas = (ctx: Pick<Context, 'registry'>, resource: Resource): { create: TSchema; update: TSchema } => {
  const known = schemas.get(resource);
  if (known !== undefined) return known;
  const byName = (type: string) => ctx.registry.has(type) && ctx.registry.get(type).by_name === true;
  const made = { create: inputSchema(resource, 'create', byName), update: inputSchema(resource, 'update', byName) };
  schemas.set(resource, made);
  return made;
};

/** Separates what is stored in columns from what only the hooks use. `before` is the row that is changed. Throws Invalid, or NotFound for an id the caller cannot read. */
export const validate = async (
  ctx: Context,
  resource: Resource,
  verb: 'create' | 'update',
  given: unknown,
  before: Values | null = null,
): Promise<{ columns: Values; input: Values }> => {
  const ignored = new Set(resource.ignore);
  const { null_keeps = false } = resource;
  const keeps = verb === 'update' && null_keeps !== false;
  const cleared = typeof null_keeps === 'object' ? null_keeps.but : [];
  const relevant =
    typeof given === 'object' && given !== null && !Array.isArray(given) && (ignored.size > 0 || keeps)
      ? Object.fromEntries(Object.entries(given).filter(([name, value]) => !ignored.has(name) && !(keeps && value === null && !cleared.includes(name))))
      : given;
  const input = check(inputSchemas(ctx, resource)[verb], relevant, ctx.lenient);
  const columns: Values = {};
  for (const [column, field] of Object.entries(resource.fields)) {
    if (verb === 'create' ? field.create === 'never' : !field.update) continue;
    const name = inputName(column, field);
    const said = Object.hasOwn(input, name) ? input[name] : undefined;
    if (verb === 'update' && said === undefined) continue;
    if (said === undefined || (said === null && !field.nullable)) {
      if (verb === 'update') {
        // The stock client means by it: leave it.
        if (!ctx.lenient) throw new Invalid(`${name} cannot be null`);
        delete input[name];
        continue;
      }
      if (field.default !== undefined) columns[column] = stored(name, field, field.default);
      else if (field.nullable) columns[column] = null;
      continue;
    }
    columns[column] = field.kind === 'uuid' && said !== null ? await reference(ctx, name, field, said as string) : stored(name, field, said);
    input[name] = field.kind === 'uuid' ? columns[column] : said;
  }
  await sameProject(ctx, resource, columns, before);
  return { columns, input };
};

const reference = async (ctx: Context, name: string, field: Field, said: string): Promise<string> => {
  if (field.ref === undefined) return canonicalUuid(said) ?? said;
  const target = ctx.registry.get(field.ref);
  const row = await find(ctx, target, said, 'read', ['id']);
  if (row === null) throw new NotFound(`${name}: there is no ${target.label} '${said}'`);
  return row['id'] as string;
};

/** What a row points to must lie in its own project (wire.md 12.3); where it has none, all of it in the same one. */
const sameProject = async (ctx: Context, resource: Resource, columns: Values, before: Values | null): Promise<void> => {
  let project: unknown = columns['project_id'] ?? before?.['project_id'];
  if ((project === undefined || project === null) && resource.fields['project_id'] !== undefined) return;
  for (const [column, field] of Object.entries(resource.fields)) {
    const id = columns[column];
    if (field.ref === undefined || column === 'project_id' || id === undefined || id === null) continue;
    const target = ctx.registry.get(field.ref);
    if (target.fields['project_id'] === undefined) continue;
    const row = await ctx.db.selectFrom(target.table).select('project_id').where('id', '=', id).executeTakeFirst();
    project ??= row?.['project_id'];
    if (row?.['project_id'] !== project) throw new NotFound(`${inputName(column, field)}: there is no ${target.label} '${id}' in this project`);
  }
};
