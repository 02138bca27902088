// Knows: the kinds of a field, where it stands in the wire's envelope, and who may set it.
// Must not know: any resource, SQL beyond a computed field's own expression.
import type { RawBuilder } from 'kysely';
import type { TSchema } from 'typebox';
import type { Context } from './context.ts';

export type Kind = 'text' | 'uuid' | 'integer' | 'number' | 'boolean' | 'datetime' | 'json';
/** `top` is beside the id, `hidden` never leaves the server; body and metadata are the wire's tiers (wire.md 8). */
export type Tier = 'top' | 'body' | 'metadata' | 'hidden';
/** The SQL alias under which the row of a resource is in scope. */
export type Alias = string;

export interface Field<T = unknown> {
  readonly kind: Kind;
  readonly tier: Tier;
  readonly nullable: boolean;
  readonly create: 'required' | 'optional' | 'never';
  readonly update: boolean;
  /** Name in requests where it differs from the column. */
  readonly input?: string | undefined;
  /** Type of the resource that this id points to; the caller must be able to read it. */
  readonly ref?: string | undefined;
  readonly max?: number | undefined;
  readonly min?: number | undefined;
  readonly values?: readonly string[] | undefined;
  /** What a json field must look like; anything where absent. */
  readonly schema?: TSchema | undefined;
  readonly default?: unknown;
  /** Can be a filter and a sort key. */
  readonly filter: boolean;
  /** Only those who may do this on the row see the value; for all others it is null, also to filters and sorts. */
  readonly needs?: string | undefined;
  /** Computed in SQL instead of stored. */
  readonly value?: ((t: Alias, ctx: Context) => RawBuilder<unknown>) | undefined;
  /** Never written to the audit log. */
  readonly secret: boolean;
  /** Left out of the JSON answer where null is not wanted: the default in its place. */
  readonly present?: ((value: unknown) => unknown) | undefined;
  readonly description?: string | undefined;
  readonly _type?: T;
}
export type Fields = Readonly<Record<string, Field>>;
/** The row that a set of fields describes, as hooks and actions get it. */
export type Row<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never } & { readonly id: string };

export type Options = Partial<Omit<Field, 'kind' | 'nullable' | '_type'>>;

const field = <T>(kind: Kind, options: Options): Field<T> => ({
  kind,
  tier: 'body',
  nullable: false,
  create: 'optional',
  update: false,
  filter: true,
  secret: false,
  ...options,
});

/** Text up to 255 characters unless `max` says otherwise. */
export const text = (options: Options = {}): Field<string> => field('text', { max: 255, ...options });
/** Text up to 65,535 characters; not filterable. */
export const longText = (options: Options = {}): Field<string> => field('text', { max: 65_535, filter: false, ...options });
/** One of the given words. */
export const oneOf = (values: readonly string[], options: Options = {}): Field<string> => field('text', { values, ...options });
export const uuid = (options: Options = {}): Field<string> => field('uuid', options);
/** The id of another resource; the caller must be able to read what it points to. */
export const ref = (type: string, options: Options = {}): Field<string> => field('uuid', { ref: type, ...options });
export const integer = (options: Options = {}): Field<number> => field('integer', options);
export const number = (options: Options = {}): Field<number> => field('number', options);
export const boolean = (options: Options = {}): Field<boolean> => field('boolean', options);
/** Naive UTC with microseconds, kept as text (wire.md 9.1). */
export const datetime = (options: Options = {}): Field<string> => field('datetime', options);
/** A document kept as its JSON text, numbers and key order included. */
export const json = <T = unknown>(options: Options = {}): Field<T> => field('json', { filter: false, ...options });
/** The same field, which may be null. */
export const nullable = <T>(inner: Field<T>): Field<T | null> => ({ ...inner, nullable: true }) as Field<T | null>;
/** A value that SQL computes from the row; read only. */
export const computed = <T>(kind: Kind, value: (t: Alias, ctx: Context) => RawBuilder<unknown>, options: Options = {}): Field<T> =>
  field(kind, { ...options, create: 'never', update: false, value });

/** id, created and updated: every resource has them. */
export const standard = () => ({ created: datetime({ create: 'never' }), updated: datetime({ create: 'never' }) });
/** A name that people choose: 1 to 255 characters, no tab or line break (wire.md 9.6). */
export const named = (options: Options = {}) => ({ name: text({ tier: 'top', create: 'required', update: true, min: 1, ...options }) });
/** The account that made the row. The server sets it, never the caller. */
export const owned = () => ({ user_id: nullable(ref('account', { create: 'never', filter: false })) });
/** Private rows are seen by their owner and by those they are shared with, by nobody else. */
export const shareable = () => ({ private: boolean({ default: false, update: false, create: 'optional' }) });
/** The project of the row; named `project` in requests. */
export const inProject = () => ({ project_id: ref('project', { input: 'project', create: 'required', filter: false }) });
