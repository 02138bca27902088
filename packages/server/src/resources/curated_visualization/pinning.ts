// Pinning a visualization to something. Whoever pins must be able to change that thing and to read the artifact version.
import { NotAllowed } from '../../kernel/errors.ts';
import { action, signedIn, type Operation, type Values } from '../../kernel/resource.ts';
import { must } from '../../kernel/find.ts';
import { authorize } from '../../kernel/refusal.ts';
import { inputSchema } from '../../kernel/schemas.ts';
import { insert } from '../../kernel/verbs/create.ts';
import { get } from '../../kernel/verbs/get.ts';
import { quietly } from '../../kernel/context.ts';
import { curatedVisualization } from './curated_visualization.ts';
import { PINNED_ON } from './pinned.ts';

export const pinVisualization: Operation = action(curatedVisualization, {
  name: 'create',
  method: 'POST',
  path: '',
  needs: signedIn('pinning to a thing needs update on that thing'),
  writes: true,
  input: inputSchema(curatedVisualization, 'create', (type) => type === 'project'),
  description: 'Pin a visualization of an artifact version to a thing.',
  run: async (ctx, { input, note }) => {
    const given = input as Values;
    const { type, by } = PINNED_ON[given['resource_type'] as keyof typeof PINNED_ON];
    const target = await authorize(ctx, ctx.registry.get(type), given['resource_id'], 'update');
    const project = await must(ctx, ctx.registry.get('project'), given['project'], 'read', ['id']);
    const picture = await must(ctx, ctx.registry.get('artifact_visualization'), given['artifact_visualization_id']);
    const version = await must(ctx, ctx.registry.get('artifact_version'), picture['artifact_version_id'], 'read', ['id', 'project_id']);
    const place = type === 'project' ? target['id'] : target['project_id'];
    if (place !== project['id'] || version['project_id'] !== project['id'])
      throw new NotAllowed('A visualization can only be pinned to something in the project of its artifact version');
    const row = await insert(
      quietly(ctx),
      {
        ...curatedVisualization,
        hooks: { create: () => ({ [by]: target['id'], resource_id: target['id'], user_id: ctx.actor.id || null }) },
        access: { ...curatedVisualization.access, parents: [{ type, by: 'resource_id', needs: { create: 'update' } }] },
      },
      given,
    );
    note({
      target: { id: row['id'], ...(given['display_name'] ? { name: given['display_name'] } : {}) },
      changes: { resource_type: given['resource_type'], resource_id: target['id'] },
    });
    return { body: await get(ctx, curatedVisualization, row['id']) };
  },
});
