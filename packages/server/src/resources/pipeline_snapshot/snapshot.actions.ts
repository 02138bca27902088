// What clients ask of snapshots beyond reading and changing one.
import Type from 'typebox';
import { action, signedIn, type Operation } from '../../kernel/resource.ts';
import { canonicalDate } from '../../kernel/validate.ts';
import { pipelineSnapshot } from './pipeline_snapshot.ts';
import { pruneSnapshots } from './referenced.ts';

export const snapshotOperations: readonly Operation[] = [
  action(pipelineSnapshot, {
    name: 'prune',
    method: 'POST',
    path: '/prune',
    needs: signedIn('only snapshots of pipelines that the caller may remove are counted and removed'),
    writes: true,
    input: Type.Object(
      { project: Type.String({ minLength: 1, maxLength: 255 }), older_than: Type.String({ maxLength: 40 }), apply: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    description: 'Count, or remove, old snapshots without a name that nothing uses.',
    run: async (ctx, { input, note }) => {
      const count = await pruneSnapshots(ctx, input.project, canonicalDate('older_than', input.older_than), input.apply === true);
      note({ changes: { snapshots: count } });
      return { body: { snapshot_count: count, task_id: null }, idle: input.apply !== true };
    },
  }),
];
