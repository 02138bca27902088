import type { Context } from './context.ts';

/** How an option is written on the command line; `T` is what the command gets. The key is its long name, with underscores. */
export type Option<T = unknown> = {
  readonly kind: 'flag' | 'text' | 'many' | 'number' | 'off' | 'maybe';
  readonly summary: string;
  readonly short?: string;
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly hidden?: boolean;
  /** Other long names that mean the same, not shown in the help. */
  readonly also?: readonly string[];
  readonly type?: T;
};
export type Arg<T = unknown> = {
  readonly form: 'one' | 'optional' | 'many' | 'any';
  readonly summary: string;
  readonly type?: T;
};

type Extra = Partial<Pick<Option, 'short' | 'value' | 'choices' | 'hidden' | 'also'>>;
export const flag = (summary: string, extra: Extra = {}): Option<boolean> => ({ kind: 'flag', summary, ...extra });
/** `--no-x`: true unless it is given. */
export const off = (summary: string, extra: Extra = {}): Option<boolean> => ({ kind: 'off', summary, ...extra });
export const text = (summary: string, extra: Extra = {}): Option<string | undefined> => ({
  kind: 'text',
  summary,
  ...extra,
});
export const number = (summary: string, extra: Extra = {}): Option<number | undefined> => ({
  kind: 'number',
  summary,
  ...extra,
});
/** An option that may be repeated. */
export const many = (summary: string, extra: Extra = {}): Option<readonly string[]> => ({
  kind: 'many',
  summary,
  ...extra,
});
/** An option whose value may be left out: true then. */
export const maybe = (summary: string, extra: Extra = {}): Option<string | true | undefined> => ({
  kind: 'maybe',
  summary,
  ...extra,
});

export const arg = (summary: string): Arg<string> => ({ form: 'one', summary });
export const optionalArg = (summary: string): Arg<string | undefined> => ({ form: 'optional', summary });
export const args = (summary: string): Arg<readonly string[]> => ({ form: 'many', summary });
/** Any number of them, also none. */
export const anyArgs = (summary: string): Arg<readonly string[]> => ({ form: 'any', summary });

type Values<S> = { readonly [K in keyof S]: S[K] extends { readonly type?: infer T } ? T : never };
type Shape<A, O> = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly notes?: string;
  readonly examples?: readonly string[];
  /** Options that are not declared go into the last argument as they are written. */
  readonly free?: string;
  readonly args?: A;
  readonly options?: O;
  readonly run: (ctx: Context, input: Values<A> & Values<O>) => Promise<number | void>;
};

export type Args = Readonly<Record<string, Arg>>;
export type Options = Readonly<Record<string, Option>>;
export type Leaf = Shape<Args, Options>;
export type Group = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly notes?: string;
  readonly commands: readonly Node[];
};
export type Node = Leaf | Group;

/** Declares a command. Its input is inferred from its arguments and options, then erased. */
export const command = <const A extends Args = {}, const O extends Options = {}>(shape: Shape<A, O>): Leaf =>
  shape as unknown as Leaf;
export const group = (shape: Group): Group => shape;
export const isGroup = (node: Node): node is Group => 'commands' in node;
