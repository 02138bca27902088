export { PipelinesPage } from './pipelines.tsx';
export { RunsPage } from './runs.tsx';
