// Stacks that clients deploy into a cloud account. What was registered is found; the cloud's own templates are not on this server.
import Type from 'typebox';
import { sql } from 'kysely';
import { Unavailable } from '../../kernel/errors.ts';
import { operation, signedIn, type Operation, type Values } from '../../kernel/resource.ts';
import { canonicalDate } from '../../kernel/validate.ts';
import { get } from '../../kernel/verbs/get.ts';
import { list } from '../../kernel/verbs/list.ts';
import { visible } from '../../kernel/visible.ts';

/** The kind of deployment that each provider's stacks are labelled with. */
const KINDS = { aws: 'cloud-formation', gcp: 'deployment-manager', azure: 'azure-cloud-shell' } as const;
const provider = Type.Unsafe<keyof typeof KINDS>({ type: 'string', enum: Object.keys(KINDS) });
const wanted = {
  provider,
  stack_name: Type.String({ minLength: 1, maxLength: 255 }),
  location: Type.Optional(Type.String({ maxLength: 255 })),
  terraform: Type.Optional(Type.String()),
};

const elsewhere = (name: string, path: string, query: Record<string, never> | typeof wanted, description: string): Operation =>
  operation({
    name,
    method: 'GET',
    path: `/stack-deployment/${path}`,
    needs: signedIn('it tells nothing'),
    writes: false,
    query: Type.Object({ provider, ...query }, { additionalProperties: true }),
    description,
    run: async () => {
      throw new Unavailable(
        'This server deploys nothing into cloud accounts: it would have to put a token of yours into a link to another service. Use the Terraform modules of the provider, then `zenml stack register`',
      );
    },
  });

export const stackDeployments: readonly Operation[] = [
  elsewhere('stack_deployment_info', 'info', {}, 'How a stack is deployed into a cloud account: not from here.'),
  elsewhere('stack_deployment_config', 'config', wanted, 'Where a stack is deployed into a cloud account: not from here.'),
  operation({
    name: 'deployed_stack',
    method: 'GET',
    path: '/stack-deployment/stack',
    needs: signedIn('only stacks that the caller may read are found'),
    writes: false,
    query: Type.Object({ ...wanted, date_start: Type.Optional(Type.String({ maxLength: 40 })) }, { additionalProperties: true }),
    description: 'The newest stack that was deployed into a cloud account and registered here; null where there is none.',
    run: async (ctx, { query }) => {
      const stacks = ctx.registry.get('stack');
      const since = query.date_start === undefined ? '' : canonicalDate('date_start', query.date_start);
      const kind = /^(true|1|t|yes|y|on)$/i.test(query.terraform ?? '') ? 'terraform' : KINDS[query.provider];
      const { rows } = await sql<{ id: string; component: string }>`select t.id, c.id as component from stack as t join stack_composition as sc on sc.stack_id = t.id
        join stack_component as c on c.id = sc.component_id and c.type = 'orchestrator'
        where t.created > ${since} and t.labels like ${`%"zenml:provider":"${query.provider}"%`} and t.labels like ${`%"zenml:deployment":"${kind}"%`} and ${visible(ctx, stacks, 'read', 't')}
        order by t.created desc, t.id desc`.execute(ctx.db);
      for (const row of rows) {
        const [orchestrator] = (await list(ctx, ctx.registry.get('stack_component'), { id: row.component, hydrate: 'true' })).items;
        const connector: unknown = (orchestrator?.metadata as Values | null)?.['connector'] ?? orchestrator?.resources?.['connector'] ?? null;
        if (connector !== null) return { body: { stack: await get(ctx, stacks, row.id), service_connector: connector } };
      }
      return { body: null };
    },
  }),
];
