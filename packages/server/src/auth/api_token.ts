// Further tokens for scripts and for runs (wire.md 3.7): never wider and never longer lived than what the caller came with.
import Type from 'typebox';
import { secondsBetween, type Context } from '../kernel/context.ts';
import { NotAllowed, Refused } from '../kernel/errors.ts';
import { find } from '../kernel/find.ts';
import { refuse } from '../kernel/refusal.ts';
import { operation, signedIn, type Operation, type Reply, type Resource, type Values } from '../kernel/resource.ts';
import { holds, permissionFor } from '../kernel/visible.ts';
import { heritage, issue, type Heritage } from './sessions.ts';

const SECONDS = 3600;
const LONGEST_SECONDS = 604_800;
/** What a workload can be, and the table in which it is found. */
const SCOPES: Readonly<Record<string, string>> = { pipeline_run_id: 'pipeline_run', schedule_id: 'schedule', deployment_id: 'deployment' };

const generic = async (ctx: Context, asked: string | undefined, from: Heritage): Promise<string> => {
  const seconds = asked ? Number(asked) : SECONDS;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_SECONDS) throw new Refused(`expires_in must be from 1 to ${LONGEST_SECONDS} seconds`);
  const left = from.expires === null ? Infinity : secondsBetween(ctx.now, from.expires);
  return (await issue(ctx, ctx.actor.id, 'personal', { label: 'API token', ...from, hours: Math.min(seconds, left) / 3600 })).token;
};

/** Throws unless the thing is there, readable, still at work, and the caller may create such things beside it. */
const judgeWorkload = async (ctx: Context, name: string, id: string): Promise<void> => {
  const resource: Resource | undefined = ctx.registry.resources.find((one) => one.table === SCOPES[name]);
  const row = resource === undefined ? null : await find(ctx, resource, id, 'read');
  if (resource === undefined || row === null) throw new Refused(`${name}: there is nothing like that, or you may not see it`);
  if (name === 'pipeline_run_id' && Number(row['in_progress']) !== 1) throw new Refused('The run is not in progress');
  if (name === 'schedule_id' && Number(row['active']) !== 1) throw new Refused('The schedule is not active');
  const create = permissionFor(resource, 'create');
  const project = (row['project_id'] as string | undefined) ?? null;
  if (!holds(ctx, create, project)) throw await refuse(ctx, create, 'ask for the token of a workload', project);
};

const workload = async (ctx: Context, query: Values, from: Heritage): Promise<string> => {
  const named = Object.keys(SCOPES).filter((name) => query[name]);
  const claims = named.length === 0 && from.claims !== null ? from.claims : Object.fromEntries(named.map((name) => [name, query[name] as unknown]));
  const [name, id] = Object.entries(claims)[0] ?? [];
  if (name === undefined || Object.keys(claims).length !== 1) throw new Refused('A workload token names exactly one of schedule_id, pipeline_run_id and deployment_id');
  if (from.claims !== null && JSON.stringify(from.claims) !== JSON.stringify(claims)) throw new NotAllowed('A token of one workload cannot ask for the token of another');
  await judgeWorkload(ctx, name, String(id));
  // It ends with its workload; made with a personal token that ends, it ends with that at the latest.
  const hours = from.kind === 'personal' && from.expires !== null ? secondsBetween(ctx.now, from.expires) / 3600 : null;
  return (await issue(ctx, ctx.actor.id, 'workload', { label: 'run', ...from, hours, claims })).token;
};

const field = Type.Optional(Type.String({ maxLength: 255 }));
export const apiToken: readonly Operation[] = [
  operation({
    name: 'api_token',
    method: 'GET',
    path: '/api_token',
    needs: signedIn('a token acts as its maker and can do no more'),
    writes: true,
    query: Type.Object({ token_type: field, expires_in: field, schedule_id: field, pipeline_run_id: field, deployment_id: field }, { additionalProperties: true }),
    description: 'A token for a script (generic) or for a run (workload).',
    run: async (ctx, { query }): Promise<Reply> => {
      const from = await heritage(ctx);
      const kind = query.token_type ?? 'generic';
      if (kind === 'workload') return { body: await workload(ctx, query, from) };
      if (kind !== 'generic') throw new Refused("token_type must be 'generic' or 'workload'");
      if (Object.keys(SCOPES).some((name) => (query as Values)[name])) throw new Refused('A generic token has no scope');
      return { body: await generic(ctx, query.expires_in, from) };
    },
  }),
];
