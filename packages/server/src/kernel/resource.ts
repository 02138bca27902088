// Knows: how a resource and an operation are declared. Must not know: any resource by name, SQL, HTTP.
import type { RawBuilder } from 'kysely';
import type { TSchema, Static } from 'typebox';
import type { Actor } from './actor.ts';
import type { Context } from './context.ts';
import type { Alias, Field, Fields, Kind, Row } from './field.ts';

/** A row that is judged, wholly or also, by another one. */
export interface Parent {
  readonly type: string;
  readonly by: string;
  /** Which action on the parent an action here asks for; the same action where not named. */
  readonly needs?: Readonly<Record<string, string>>;
  readonly unless_private?: boolean;
  /** A column that takes a row away from this parent where it is set. */
  readonly unless_set?: string;
  /** True where few rows of many name this parent: they are found from there. */
  readonly rare?: boolean;
}

/** Who may do what with the rows of a resource (access-model.md). There is no default: each resource says it. */
export interface Access {
  /** Where roles count: the server, the row's project, or (`parent`) nowhere but at the parents. */
  readonly scope: 'server' | 'project' | 'parent';
  /** Column that holds the project; `project_id` unless said otherwise. */
  readonly project?: string;
  /** Column that holds the owner; null for things that nobody owns. */
  readonly owner: string | null;
  /** Column of whoever made a row, where it is his own as long as it names none of its parents; `also` holds that branch. */
  readonly maker?: string;
  /** A column that is set where a row is its maker's, whatever parents it names. */
  readonly maker_where?: string;
  /** Whether a role can be given on one row of it. */
  readonly share: boolean;
  /** Who says whether a row is private, where that is not everybody who may share it. */
  readonly private_by?: 'owner';
  readonly parents?: readonly Parent[];
  /** Column that equals the actor's id on his own account; `me` lets him read and update that row. */
  readonly self?: string;
  /** Actions beyond create, read, update and delete. */
  readonly actions?: readonly string[];
  /** Permissions that stand in for this resource's own, by action: `{ read: 'settings:manage' }`. */
  readonly needs?: Readonly<Record<string, string>>;
  /** Further branches of the predicate, for what cannot be said above. */
  readonly also?: (ctx: Context, action: string, t: Alias) => readonly ExtraBranch[];
}
export interface ExtraBranch {
  readonly text: string;
  readonly where: RawBuilder<unknown>;
}

export type Compare = (value: RawBuilder<unknown>) => RawBuilder<unknown>;
export interface Filter {
  readonly kind: Kind;
  /** Builds the condition; `is` compares a value with what the caller asked for. */
  readonly test: (t: Alias, is: Compare, ctx: Context) => RawBuilder<unknown>;
  /** True where `is` may be used on several values of which any may match: a negated operator must then hold for all of them. */
  readonly negate_outside?: boolean;
  /** For values that are not `operator:value`: the whole text as it was sent, in place of `test`. Throws Invalid. */
  readonly raw?: (t: Alias, given: string, ctx: Context) => RawBuilder<unknown>;
  /** True for what narrows the list as a whole: it holds beside the other filters, also where those are joined by `or`. */
  readonly beside?: boolean;
}

/** How the rows of a relation come to be shown: one by itself, in a page of its own, or inside something else. */
export type Shown = 'alone' | 'listed' | 'nested';

export interface Relation {
  readonly kind: 'one' | 'many' | 'derived';
  readonly tier: 'resources' | 'body' | 'metadata';
  readonly type: string;
  /** one: column here. many: column there, or the link table. */
  readonly by?: string;
  readonly through?: { readonly table: string; readonly from: string; readonly to: string; readonly where?: Readonly<Record<string, string>> };
  readonly sort?: string;
  /** derived: values by id of the row, computed for a whole page at once. */
  readonly load?: (ctx: Context, rows: readonly Row<Fields>[], shown: Shown) => Promise<ReadonlyMap<string, unknown>>;
  readonly empty?: unknown;
  readonly schema?: TSchema;
}

/** Related thing named by a column of the row. */
export const one = (type: string, options: { by: string; tier?: Relation['tier'] }): Relation => ({ kind: 'one', tier: 'resources', type, ...options });
/** Related things that name the row, or that a link table joins to it. */
export const many = (type: string, options: Pick<Relation, 'by' | 'through' | 'sort'> & { tier?: Relation['tier'] }): Relation => ({
  kind: 'many',
  tier: 'resources',
  type,
  empty: [],
  ...options,
});
/** A value computed for a whole page of rows at once. */
export const derived = (load: NonNullable<Relation['load']>, options: Pick<Relation, 'empty' | 'schema'> & { tier?: Relation['tier'] }): Relation => ({
  kind: 'derived',
  tier: 'resources',
  type: '',
  load,
  ...options,
});
/** What the wire has a place for and this server nothing to put there. */
export const constant = (value: unknown, tier: Relation['tier'] = 'resources'): Relation => derived(async () => new Map(), { empty: value, tier });

// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;
export type Values = Record<string, Loose>;

/** After authorization and validation, inside the transaction. Each may throw to undo everything. */
export interface Hooks<R> {
  /** Returns what is stored: the validated input, completed. */
  readonly create?: (ctx: Context, input: Values) => Promise<Values> | Values;
  readonly created?: (ctx: Context, row: R, input: Values) => Promise<void>;
  /** Returns what changes. */
  readonly update?: (ctx: Context, row: R, input: Values) => Promise<Values> | Values;
  readonly updated?: (ctx: Context, row: R, input: Values) => Promise<void>;
  readonly remove?: (ctx: Context, row: R, query: Values) => Promise<void>;
}

export interface Declaration<F extends Fields> {
  readonly type: string;
  /** Part of the URL; null for what has no routes of its own. */
  readonly path: string | null;
  readonly table: string;
  /** Singular words for messages: `service account`. */
  readonly label: string;
  /** Area under which the role editor shows it. */
  readonly group: 'people' | 'ml' | 'server';
  readonly fields: F;
  readonly access: Access;
  /** Columns with a constant value that tell this resource's rows in a shared table. */
  readonly only?: Readonly<Record<string, string | number>>;
  /** Whether the database keeps count of its rows by project, owner and privacy (db/ddl.ts, tallied). */
  readonly tally?: boolean;
  /** Whether a name may stand where an id is asked for in the path. */
  readonly by_name?: boolean;
  /** Sets of columns that must not repeat, for the words of a conflict. */
  readonly unique?: readonly (readonly string[])[];
  readonly relations?: Readonly<Record<string, Relation>>;
  readonly filters?: Readonly<Record<string, Filter>>;
  readonly sorts?: Readonly<Record<string, (t: Alias, ctx: Context) => RawBuilder<unknown>>>;
  readonly hooks?: Hooks<Row<F>>;
  /** Inputs that are no columns; hooks use them. */
  readonly inputs?: {
    readonly create?: Readonly<Record<string, TSchema>>;
    readonly update?: Readonly<Record<string, TSchema>>;
    readonly remove?: Readonly<Record<string, TSchema>>;
  };
  /** Inputs of the wire that have no meaning here and are taken in silence. */
  readonly ignore?: readonly string[];
  /** Where null in an update means "leave it", as the wire has it for some types (wire.md 10.2): everywhere, or in all inputs but these. */
  readonly null_keeps?: boolean | { readonly but: readonly string[] };
  /** Query parameters that change what is shown, not which rows: `ctx.asked` holds them. */
  readonly flags?: readonly string[];
  /** Its answers hold secrets: none is kept for a request that comes twice, the thing is read again instead. */
  readonly tells_once?: boolean;
  /** Older names of the path that clients still use. A parameter in one (`rooms/{project}/things`) is put into the query of the list and the body of a create. */
  readonly aliases?: readonly string[];
  /** Verbs that it does not have over HTTP. */
  readonly without?: readonly ('list' | 'get' | 'create' | 'update' | 'remove')[];
  readonly show: readonly string[];
  readonly description?: string;
}

/** A declaration as the kernel works with it: types erased, computed parts filled in. */
export interface Resource extends Omit<Declaration<Fields>, 'hooks'> {
  readonly hooks?: Hooks<Loose>;
  readonly actions: readonly string[];
}

/** Declares a resource. Everything else follows from this value: routes, schemas, predicate, permissions, commands, columns. */
export const defineResource = <const F extends Fields>(declaration: Declaration<F>): Resource & { readonly fields: F } =>
  ({
    ...declaration,
    actions: [...new Set(['create', 'read', 'update', 'delete', ...(declaration.access.share ? ['share'] : []), ...(declaration.access.actions ?? [])])],
  }) as unknown as Resource & { readonly fields: F };

/** Who may call an operation. */
export type Need = { readonly row: string } | { readonly create: true } | { readonly permission: string } | { readonly signed_in: string } | { readonly open: string };
/** On a row: this action on it. */
export const onRow = (action: string): Need => ({ row: action });
/** The resource's own create permission, at the server or in the project that the input names. */
export const toCreate: Need = { create: true };
/** This permission at the server. */
export const atServer = (permission: string): Need => ({ permission });
/** Anybody who is signed in; the reason says why that is enough. */
export const signedIn = (reason: string): Need => ({ signed_in: reason });
/** Everybody, also without an account; the reason says why that is safe. */
export const open = (reason: string): Need => ({ open: reason });

export interface Reply {
  readonly body: unknown;
  readonly cookie?: { readonly token: string; readonly expires: string | null } | 'clear';
  readonly status?: number;
  /** Nothing was changed after all: there is nothing to record. */
  readonly idle?: boolean;
  /** In place of a body: server-sent events, for as long as the caller listens and may. */
  readonly stream?: (live: Live) => AsyncIterable<string>;
  /** Bytes in place of a body, for saving under this name. */
  readonly file?: { readonly stream: AsyncIterable<Uint8Array>; readonly name: string; readonly type: string };
}
/** What a stream that stays open knows of its listener. */
export interface Live {
  readonly closed: AbortSignal;
  /** The context of this moment: the caller, and what he holds, anew. Throws SignInNeeded once his session is over. */
  readonly still: () => Promise<Context>;
}
interface Facts {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly needs: Need;
  /** Older paths, without the leading slash; their parameters are put into query and body. */
  readonly aliases?: readonly string[];
  readonly form?: boolean;
  /** The body comes as the bytes that were sent (a Buffer), whatever they are: signatures are made over them. */
  readonly raw?: boolean;
  /** Writes: runs in a transaction and leaves an audit row and an event. */
  readonly writes: boolean;
  readonly description: string;
  /** The answer holds a secret: it is never kept for a repeated request. */
  readonly tells_once?: boolean;
  /** Slow work that must not hold the transaction, such as hashing a password; its result is `call.prepared`. It comes first: it judges by itself. */
  readonly prepare?: (ctx: Context, input: Values, params: Readonly<Record<string, string>>, query: Values) => Promise<unknown>;
  /** Takes the place of the update (or removal) of a row of this resource, where the request (its body, its query) is of a kind that `when` knows. */
  readonly instead?: { readonly of: string; readonly verb?: 'remove'; readonly when: (ctx: Context, id_or_name: string, given: Values) => boolean };
}
export interface Operation extends Facts {
  readonly path: string;
  readonly resource?: Resource;
  readonly input?: TSchema;
  readonly query?: TSchema;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly run: (ctx: Context, call: Call<any, any, any>) => Promise<Reply>;
}
export interface Call<R, I, Q> {
  readonly row: R;
  readonly input: I;
  readonly query: Q;
  readonly params: Readonly<Record<string, string>>;
  /** The query as it was sent, for operations that answer a list. */
  readonly rawQuery: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes that were sent, where the operation asks for them (`raw`). */
  readonly rawBody?: Buffer | undefined;
  readonly prepared: unknown;
  /** Adds to what the audit row of this call says. */
  readonly note: (detail: { changes?: unknown; target?: { type?: string; id?: string; name?: string }; actor?: Actor }) => void;
}

type Declared<I extends TSchema, Q extends TSchema, R> = Facts & {
  readonly path: string;
  readonly input?: I;
  readonly query?: Q;
  readonly run: (ctx: Context, call: Call<R, Static<I>, Static<Q>>) => Promise<Reply>;
};

/** Declares an operation on a row (or on the collection) of a resource. The path follows the resource's own. */
export const action = <F extends Fields, I extends TSchema, Q extends TSchema>(
  resource: Resource & { readonly fields: F },
  declared: Declared<I, Q, Row<F>>,
): Operation => ({ ...declared, path: `/${resource.path}${declared.path}`, resource }) as Operation;

/** Declares an operation that belongs to no resource. */
export const operation = <I extends TSchema, Q extends TSchema>(declared: Declared<I, Q, null>): Operation => declared as Operation;

/** A filter whose value SQL computes from the row. */
export const by = (kind: Kind, value: (t: Alias, ctx: Context) => RawBuilder<unknown>): Filter => ({ kind, test: (t, is, ctx) => is(value(t, ctx)) });
/** A filter with its own condition; `is` compares. */
export const filter = (kind: Kind, test: Filter['test'], options: { negate_outside?: boolean } = {}): Filter => ({ kind, test, ...options });

export type { Field, Fields, Row };
