export { PipelinePage } from './pipeline.tsx';
export { PipelinesPage } from './pipelines.tsx';
