import type { Reason, What } from '@zendo/client';
import type { Context } from '../core/context.ts';
import { ago } from '../core/duration.ts';
import { usage } from '../core/faults.ts';
import { columns } from '../output/columns.ts';

/** TYPE or TYPE/NAME. Errors: usage. */
export const target = (text: string): { readonly type: string; readonly id?: string } => {
  const at = text.indexOf('/');
  const [type, id] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  if (!type || id === '') throw usage(`${text}: write it as TYPE or TYPE/NAME, e.g. stack/prod`);
  return { type: type.replaceAll('-', '_'), ...(id === undefined ? {} : { id }) };
};

/** What is asked about: `update stack/prod`, or the permission as messages write it, `stack:update`. */
export const question = (action: string, on: string | undefined) => {
  const [type, verb] = action.split(':');
  if (verb && type) {
    if (on && !on.includes('/')) return { action: verb, type, id: on };
    return { action: verb, ...(on ? target(on) : { type }) };
  }
  if (!on)
    throw usage(
      `${action} on what? Missing argument 'thing'`,
      'Write it as: update stack/prod, create user, or stack:update.',
    );
  return { action, ...target(on) };
};

type Row = { readonly scope: string; readonly type: string; readonly actions: string };

// `stack:read, stack:update` of one scope become one row a type: 150 permissions fit on a screen.
const byType = (scope: string, permissions: readonly string[]): Row[] => {
  const types = new Map<string, string[]>();
  for (const permission of permissions) {
    const [type = '', action = ''] = permission.split(':');
    types.set(type, [...(types.get(type) ?? []), action]);
  }
  return [...types].map(([type, actions]) => ({ scope, type, actions: actions.filter(Boolean).join(' ') }));
};

const whatRows = (what: What): Row[] => [
  ...byType('server', what.server),
  ...what.projects.flatMap((project) => byType(project.name, project.permissions)),
  ...what.resources.flatMap((thing) => byType(`${thing.type}/${thing.name ?? thing.id}`, thing.permissions)),
];

const whatColumns = columns<Row>({
  scope: (row) => row.scope,
  type: (row) => row.type,
  actions: (row) => row.actions,
});

/** Shows everything that somebody may do; says so when that is nothing. */
export const showWhat = async (ctx: Context, what: What): Promise<void> => {
  const rows = whatRows(what);
  if (!rows.length) ctx.say(`${what.principal.name} may do nothing at the moment.`);
  await ctx.out.list(what, rows, whatColumns);
};

/** Why not: a sentence, or what would have to be granted. */
export const missingText = (missing: unknown): string =>
  typeof missing === 'string' ? missing : missing ? `needs ${JSON.stringify(missing)}` : '';

export const reasonText = (reason: Reason): string =>
  reason.text + (reason.expires ? ` (until ${ago(reason.expires)})` : '');
