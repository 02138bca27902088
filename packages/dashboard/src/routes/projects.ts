import { inProject, inside, leap, named, type Params, section } from './parts.ts';
import { artifactRoutes } from './artifacts.ts';
import { runRoutes } from './runs.ts';
import { triggerRoutes } from './triggers.ts';

const projects = () => import('../pages/projects/index.ts');

/** Older clients printed stacks and components as lying in a project. */
const unscoped =
  (begin: string, ...names: string[]) =>
  (params: Params): string =>
    [begin, ...names.map((name) => encodeURIComponent(params[name] ?? ''))].join('/');
const component = unscoped('/components', 'type', 'component');

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
        ...['/stacks/$stack', '/stacks/$stack/$tab'].map((path) => leap(parent, unscoped('/stacks', 'stack'), path)),
        leap(parent, '/components/orchestrator', '/components'),
        leap(parent, unscoped('/components', 'type'), '/components/$type'),
        leap(parent, component, '/components/$type/$component'),
        leap(parent, component, '/components/$type/$component/$tab'),
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
