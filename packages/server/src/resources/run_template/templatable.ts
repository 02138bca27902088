// Whether a snapshot can be started again without the machine it came from: it has images, and nothing of its stack lies on that machine.
import { sql, type RawBuilder } from 'kysely';
import type { Context } from '../../kernel/context.ts';
import { Refused } from '../../kernel/errors.ts';

/** Flavors that run or keep things where the client is. */
const LOCAL = [
  'orchestrator local',
  'orchestrator local_docker',
  'artifact_store local',
  'deployer local',
  'deployer docker',
  'sandbox local',
  'sandbox docker',
  'model_deployer mlflow',
];

/** Whether a stack has a component that is local, or of a flavor whose code the server does not know. */
const tied = (stack: RawBuilder<unknown>) =>
  sql`exists (select 1 from stack_composition as sc join stack_component as c on c.id = sc.component_id join flavor as f on f.id = c.flavor_id
    where sc.stack_id = ${stack} and (f.is_custom = 1 or c.type || ' ' || c.flavor_name in (${sql.join(LOCAL)}) or c.configuration like '%"local":true%'))`;

/** In SQL: can this snapshot become a template? Null ids are none. */
export const isTemplatable = (snapshot_id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`case when exists (select 1 from pipeline_snapshot as ts join pipeline_build as tb on tb.id = ts.build_id join stack as tk on tk.id = tb.stack_id
    where ts.id = ${snapshot_id} and not ${tied(sql.ref('tk.id'))}) then 1 else 0 end`;

/** Throws Refused, saying what is missing, where a snapshot cannot become a template. */
export const mustBeTemplatable = async (ctx: Context, snapshot_id: string): Promise<void> => {
  const { rows } = await sql<{
    build_id: string | null;
    stack_id: string | null;
    fit: number;
  }>`select s.build_id, tk.id as stack_id, ${isTemplatable(sql.ref('s.id'))} as fit
    from pipeline_snapshot as s left join pipeline_build as b on b.id = s.build_id left join stack as tk on tk.id = b.stack_id where s.id = ${snapshot_id}`.execute(
    ctx.db,
  );
  const row = rows[0];
  if (row === undefined || Number(row.fit) === 1) return;
  if (row.build_id === null)
    throw new Refused('A template needs a snapshot with a build: run the pipeline on a remote orchestrator that uses images, and take that snapshot');
  if (row.stack_id === null) throw new Refused('A template needs a build that names its stack, and that stack is gone; build again');
  throw new Refused('A template can only be made of a stack without local components and without components of custom flavors');
};
