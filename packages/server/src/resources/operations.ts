import type { App } from '../app.ts';
import type { Operation } from '../kernel/resource.ts';
import { emptyLists } from './connector/connectors.ts';
import { componentTypes } from './flavor/flavor.ts';

/** Operations on stacks, pipelines, runs, models and the rest. */
export const mlOperations = (_app: App): readonly Operation[] => [componentTypes, ...emptyLists];
