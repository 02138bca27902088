import { inProject, inside, leap, named, section } from './parts.ts';
import { artifactRoutes } from './artifacts.ts';
import { runRoutes } from './runs.ts';
import { triggerRoutes } from './triggers.ts';

const projects = () => import('../pages/projects/index.ts');

/** What lies in a project has it in its address: that is what clients print. */
export const projectRoutes = [
  section('/projects', 'Projects', (all) => [
    inside(all, '/', undefined, projects, 'ProjectsPage'),
    section(
      '/$project',
      named('project'),
      (parent) => [
        inside(parent, '/', undefined, projects, 'ProjectPage'),
        ...['/stacks', '/stacks/list'].map((path) => leap(parent, '/stacks', path)),
        // Clients print where a deployment is; the dashboard has no page for it.
        leap(parent, inProject(''), '/deployments/$id'),
        ...runRoutes(parent),
        ...artifactRoutes(parent),
        ...triggerRoutes(parent),
      ],
      all,
    ),
  ]),
];
