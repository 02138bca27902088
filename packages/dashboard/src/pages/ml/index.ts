export { PipelinesPage } from './pipelines.tsx';
export { RunsPage } from './runs.tsx';
export { StacksPage } from './stacks.tsx';
