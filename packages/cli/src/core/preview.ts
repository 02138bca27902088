import { columns } from '../output/columns.ts';
import type { Context } from './context.ts';

type Change = { readonly scope: unknown; readonly permissions: readonly string[] };
type Person = {
  readonly principal: { readonly name: string };
  readonly gains: readonly Change[];
  readonly loses: readonly Change[];
};
type Preview = { readonly people: readonly Person[]; readonly summary: readonly string[] };

const changes = (list: readonly Change[]): string => list.flatMap((change) => change.permissions).join(' ');
const previewColumns = columns<Person>({
  name: (person) => person.principal.name,
  gains: (person) => changes(person.gains),
  loses: (person) => changes(person.loses),
});

/** Shows who would gain or lose what, and changes nothing. */
export const preview = async (ctx: Context, change: unknown): Promise<void> => {
  const found = await (await ctx.api()).post<Preview>('/access/preview', change);
  ctx.say('Nothing was changed. This would happen:');
  for (const line of found.summary) ctx.say(`  ${line}`);
  if (!found.people.length) ctx.say('  Nobody gains or loses anything.');
  if (found.people.length || ctx.globals.output) await ctx.out.list(found, found.people, previewColumns);
};
