// When a component may go: nothing is made of it.
import { sql } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { NotAllowed } from '../../kernel/errors.ts';
import type { Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { mustDeployNothing } from '../deployment/deploying.ts';
import { judgeBuiltin } from '../flavor/builtin.ts';

/** How many stacks a component is part of, and how many of them the caller may read. */
const stacksOf = async (ctx: Context, id: string): Promise<{ all: number; seen: number }> => {
  const { rows } = await sql<{
    n: number;
    seen: number | null;
  }>`select count(*) as n, sum(case when ${visible(ctx, ctx.registry.get('stack'), 'read', 's')} then 1 else 0 end) as seen
    from stack_composition as c join stack as s on s.id = c.stack_id where c.component_id = ${id}`.execute(ctx.db);
  return { all: Number(rows[0]!.n), seen: Number(rows[0]!.seen ?? 0) };
};

/** Throws NotAllowed for what came with the server, and while stacks or deployments need the component. */
export const mustBeFree = async (ctx: Context, row: Values & { readonly id: string; readonly name: string; readonly type: string }): Promise<void> => {
  judgeBuiltin({ label: 'stack component' }, row);
  await mustDeployNothing(ctx, row);
  const { all, seen } = await stacksOf(ctx, row.id);
  // How many there are beyond those that he sees is not for him to know.
  const named = seen === all ? (all === 1 ? 'a stack' : `${all} stacks`) : 'stacks that you may not see';
  if (all > 0)
    throw new NotAllowed(
      `The ${row.type.replaceAll('_', ' ')} '${row.name}' is part of ${named}; ${seen === all ? 'take it out there first' : 'it must be taken out there first'}`,
    );
};
