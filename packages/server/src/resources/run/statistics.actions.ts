import Type from 'typebox';
import { action, signedIn, type Operation } from '../../kernel/resource.ts';
import { run } from './run.ts';
import { AGGREGATIONS, GRANULARITIES, runStatistics, SIMPLE, SOURCES, type Grouping, type Metric } from './statistics.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 };
const grouping = Type.Unsafe<Grouping>({
  type: 'object',
  properties: {
    name,
    type: { type: 'string', enum: [...SIMPLE, 'time', 'metadata'] },
    granularity: { type: 'string', enum: GRANULARITIES },
    metadata_key: { type: 'string', maxLength: 255 },
  },
  required: ['name', 'type'],
});
const metric = Type.Unsafe<Metric>({
  type: 'object',
  properties: { name, source: { type: 'string', enum: SOURCES }, aggregation: { type: 'string', enum: AGGREGATIONS }, metadata_key: { type: 'string', maxLength: 255 } },
  required: ['name', 'source', 'aggregation'],
});

export const statisticsOfRuns: Operation = action(run, {
  name: 'run_statistics',
  method: 'POST',
  path: '/statistics',
  needs: signedIn('it counts only runs that the caller may read'),
  writes: false,
  input: Type.Object(
    {
      filter: Type.Unsafe<Record<string, unknown>>({ type: 'object' }),
      groupings: Type.Optional(Type.Array(grouping, { maxItems: 10 })),
      metrics: Type.Optional(Type.Array(metric, { maxItems: 20 })),
      max_groups: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    },
    { additionalProperties: false },
  ),
  description: 'Count and measure runs by group.',
  run: async (ctx, { input }) => ({ body: await runStatistics(ctx, input) }),
});
