// What the removal of a project would take, told before it is done.
import { sql } from 'kysely';
import { holdsOthers, othersInside } from '../../kernel/verbs/remove.ts';
import { action, onRow, type Operation, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';
import { DEFAULT_PROJECT, project } from './project.ts';

export const projectRemoval: Operation = action(project, {
  name: 'removal',
  method: 'GET',
  path: '/{name_or_id}/removal',
  needs: onRow('delete'),
  writes: false,
  description: 'What would go with a project, by type, as far as the caller may see it, and whether something stands in the way.',
  run: async (ctx, { row }) => {
    const inside = ctx.registry.resources.filter((one) => one.path !== null && one.access.project === undefined && one.fields['project_id']?.ref === project.type);
    const counts = inside.map(
      (one) => sql`select ${one.type} as type, count(*) as n from ${sql.table(one.table)} as t where t.project_id = ${row.id} and ${visible(ctx, one, 'read', 't')}`,
    );
    const { rows } = await sql<{ type: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(ctx.db);
    const goes = inside.flatMap(({ type, label }) => {
      const count = Number(rows.find((found) => found.type === type)?.n ?? 0);
      return count === 0 ? [] : [{ type, label: `${label}${count === 1 ? '' : label.endsWith('s') ? '' : 's'}`, count }];
    });
    const hindered =
      row.name === DEFAULT_PROJECT
        ? 'The project default cannot be removed; clients rely on it'
        : (await holdsOthers(ctx, project, row as Values))
          ? othersInside(project)
          : null;
    return { body: { goes, total: goes.reduce((sum, one) => sum + one.count, 0), hindered } };
  },
});
