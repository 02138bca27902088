import type { AnyRoute } from '@tanstack/react-router';
import { inside, inProject, leap, type Parent } from './parts.ts';

const ml = () => import('../pages/ml/index.ts');

/** Pipelines and runs of a project. */
export const runRoutes = (project: Parent): AnyRoute[] => [
  inside(project, '/pipelines', 'Pipelines', ml, 'PipelinesPage'),
  leap(project, inProject('/pipelines'), '/pipelines/list'),
  inside(project, '/runs', 'Runs', ml, 'RunsPage'),
  leap(project, inProject('/runs'), '/all-runs'),
];
