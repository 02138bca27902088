// What stacks and components look like here, and how one is found by its name, its id or the beginning of either.
import type { Client, Envelope, Page } from '@zendo/client';
import type { Context } from '../../core/context.ts';
import { CliError, exit, usage } from '../../core/faults.ts';
import { inText } from './types.ts';

type User = { readonly name?: string } | null;
export type Component = Envelope<
  {
    readonly created: string;
    readonly private: boolean;
    readonly type: string;
    readonly flavor_name: string;
  } | null,
  {
    readonly configuration?: Readonly<Record<string, unknown>>;
    readonly labels?: Readonly<Record<string, unknown>> | null;
    readonly environment?: Readonly<Record<string, string>> | null;
    readonly connector?: { readonly name: string } | null;
  },
  { readonly user?: User }
>;
export type Flavor = Envelope<
  {
    readonly type: string;
    readonly display_name: string;
    readonly integration: string | null;
    readonly source: string;
    readonly is_custom: boolean;
  },
  { readonly config_schema?: Schema; readonly docs_url?: string | null }
>;
export type Schema = {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
};
type Property = {
  readonly type?: string;
  readonly anyOf?: readonly Property[];
  readonly $ref?: string;
  readonly default?: unknown;
};
export type Stack = Envelope<
  { readonly created: string; readonly private: boolean },
  {
    readonly description?: string | null;
    readonly labels?: Readonly<Record<string, unknown>> | null;
    readonly components?: Readonly<Record<string, readonly Component[]>>;
  },
  { readonly user?: User }
>;

const uuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** One thing of a list by its name or id, or by the beginning of one of them. Errors: not found, several. */
export const find = async <T extends { readonly id: string }>(
  api: Client,
  path: string,
  wanted: string,
  label: string,
  fixed: Readonly<Record<string, string>> = {},
): Promise<T> => {
  const ask = async (more: Record<string, string>): Promise<Page<T>> =>
    api.get<Page<T>>(path, { ...fixed, ...more, hydrate: 'true', size: 2 });
  const exact = await ask(uuid.test(wanted) ? { id: wanted } : { name: `equals:${wanted}` });
  if (exact.items[0]) return exact.items[0];
  for (const field of ['name', 'id']) {
    const { items, total } = await ask({ [field]: `startswith:${wanted}` });
    if (total > 1)
      throw new CliError(`Several ${label}s begin with '${wanted}'`, exit.conflict, [
        'Write the whole name, or an id.',
      ]);
    if (items[0]) return items[0];
  }
  throw new CliError(`There is no ${label} '${wanted}', or you may not see it`, exit.notFound);
};

export const findComponent = (api: Client, type: string, wanted: string): Promise<Component> =>
  find<Component>(api, '/components', wanted, inText(type), { type });
export const findStack = (api: Client, wanted: string): Promise<Stack> => find<Stack>(api, '/stacks', wanted, 'stack');

/** The stack that is named, or the one that was set. Errors: usage, not found. */
export const activeStack = async (ctx: Context, wanted: string | undefined): Promise<Stack> => {
  const which = wanted ?? ctx.config().stack;
  if (which === undefined) throw usage('no stack is set: name one', `${ctx.program} stack set NAME sets one.`);
  return findStack(await ctx.api(), which);
};

/** Everything that a stack is made of, as the server takes it. */
export const idsOf = (stack: Stack): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(stack.metadata?.components ?? {})
      .filter(([, list]) => list.length > 0)
      .map(([type, list]) => [type, list.map((one) => one.id)]),
  );

const pair = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};
/** `KEY=VALUE` of options that may be repeated. */
export const pairs = (given: readonly string[]): Record<string, string> => Object.fromEntries(given.map(pair));

/** What a new thing shall be; where nobody says it, the server's setting decides. Errors: usage. */
export const visibility = (input: { readonly private: boolean; readonly share: boolean }): { private?: boolean } => {
  if (input.private && input.share) throw usage('--private and --share are two things: give one of them');
  return input.private || input.share ? { private: input.private } : {};
};
