import type { App } from '../app.ts';
import type { Operation } from '../kernel/resource.ts';

/** Operations on stacks, pipelines, runs, models and the rest. */
export const mlOperations = (_app: App): readonly Operation[] => [];
