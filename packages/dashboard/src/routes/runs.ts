import type { AnyRoute } from '@tanstack/react-router';
import { inside, inProject, leap, named, type Parent, type Params } from './parts.ts';

const runs = () => import('../pages/runs/index.ts');
const run = () => import('../pages/runs/run/page.tsx');
const pipelines = () => import('../pages/pipelines/index.ts');
const ofRuns = { label: 'Runs', to: inProject('/runs') };
const compare = () => import('../pages/runs/compare/page.tsx');
const ofPipelines = { label: 'Pipelines', to: inProject('/pipelines') };

const onePipeline = (params: Params): string =>
  `${inProject('/pipelines')(params)}/${encodeURIComponent(params.pipeline ?? '')}`;

/** Clients print the address of a run without a tab. */
const oneRun = (params: Params): string => `${inProject('/runs')(params)}/${params.run ?? ''}/graph`;

/** Pipelines and runs of a project. */
export const runRoutes = (project: Parent): AnyRoute[] => [
  inside(project, '/pipelines', 'Pipelines', pipelines, 'PipelinesPage'),
  leap(project, inProject('/pipelines'), '/pipelines/list'),
  inside(project, '/pipelines/$pipeline', named('pipeline'), pipelines, 'PipelinePage', ofPipelines),
  leap(project, onePipeline, '/pipelines/$pipeline/$tab'),
  inside(project, '/runs', 'Runs', runs, 'RunsPage'),
  leap(project, inProject('/runs'), '/all-runs'),
  // Older clients printed a run below its pipeline, and below this list where it had none.
  ...['/all-runs', '/pipelines/$pipeline/runs'].flatMap((path) =>
    ['/$run', '/$run/$tab'].map((rest) => leap(project, oneRun, path + rest)),
  ),
  inside(project, '/runs/compare', 'Compare', compare, 'ComparePage', ofRuns),
  leap(project, oneRun, '/runs/$run'),
  inside(project, '/runs/$run/$tab', named('run'), run, 'RunPage', ofRuns),
];
