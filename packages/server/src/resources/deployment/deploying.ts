// What a deployment may be made of, and who is told its key.
import { sql } from 'kysely';
import { newId, type Context } from '../../kernel/context.ts';
import { NotAllowed, NotFound, Refused } from '../../kernel/errors.ts';
import { derived, type Values } from '../../kernel/resource.ts';
import { visible } from '../../kernel/visible.ts';

/** Throws NotFound for a snapshot of another project, Refused for a component that deploys nothing. */
const judgeDeployment = async (ctx: Context, project_id: string, input: Values): Promise<void> => {
  if (typeof input['snapshot_id'] === 'string') {
    const row = await ctx.db.selectFrom('pipeline_snapshot').select('project_id').where('id', '=', input['snapshot_id']).executeTakeFirst();
    if (row?.['project_id'] !== project_id) throw new NotFound(`There is no snapshot '${input['snapshot_id']}' in this project`);
  }
  if (typeof input['deployer_id'] === 'string') {
    const row = await ctx.db.selectFrom('stack_component').select(['type', 'name']).where('id', '=', input['deployer_id']).executeTakeFirst();
    if (row?.['type'] !== 'deployer') throw new Refused(`The component '${row?.['name'] ?? input['deployer_id']}' is no deployer; name one of that type`);
  }
};

const place = (id: string) => ({ table: 'deployment', column: 'auth_key', id });
/** The key as it is stored, where one was said. */
const sealed = async (ctx: Context, id: string, input: Values): Promise<Values> =>
  typeof input['auth_key'] === 'string' ? { auth_key: await ctx.sealing.seal(ctx, place(id), input['auth_key']) } : {};

/** What is stored of a new deployment. Throws NotFound, Refused. */
export const beforeDeployment = async (ctx: Context, input: Values): Promise<Values> => {
  await judgeDeployment(ctx, input['project_id'], input);
  const id = newId();
  return { id, status: 'unknown', url: null, deployment_metadata: {}, ...(await sealed(ctx, id, input)) };
};
/** What changes of a deployment. Throws NotFound, Refused. */
export const beforeDeploymentUpdate = async (ctx: Context, row: Values, input: Values): Promise<Values> => {
  await judgeDeployment(ctx, row['project_id'], input);
  return sealed(ctx, row['id'], input);
};

/** The key with which a deployment is called, for those who may change the deployment; null to all others. */
export const authKey = derived(
  async (ctx, rows) => {
    const found = await sql<{
      id: string;
      auth_key: string;
    }>`select t.id, t.auth_key from deployment as t where t.auth_key is not null and t.id in (${sql.join(rows.map((row) => row.id))})
    and ${visible(ctx, ctx.registry.get('deployment'), 'update', 't')}`.execute(ctx.db);
    return new Map(found.rows.map((row) => [row.id, ctx.sealing.open(place(row.id), row.auth_key)]));
  },
  { empty: null, tier: 'metadata' },
);

/** Throws NotAllowed while a component keeps deployments running: without it nobody could end them. */
export const mustDeployNothing = async (ctx: Context, component: { readonly id: string; readonly name: string }): Promise<void> => {
  const { rows } = await sql`select 1 from deployment as t where t.deployer_id = ${component.id} limit 1`.execute(ctx.db);
  if (rows.length > 0) throw new NotAllowed(`The deployer '${component.name}' has deployments; remove those first`);
};
