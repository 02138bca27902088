import { manyOf } from '../pages/components/words.ts';
import { type Above, inside, leap, named, section } from './parts.ts';

const stacks = () => import('../pages/stacks/index.ts');
const components = () => import('../pages/components/index.ts');
const secrets = () => import('../pages/secrets/index.ts');
const connectors = () => import('../pages/connectors/index.ts');
const flavors = () => import('../pages/flavors/index.ts');

const ofType: Above = {
  label: (params) => manyOf(params.type ?? ''),
  to: (params) => `/components/${params.type}`,
};

/** What pipelines run on: stacks, their components, and the flavors that these come from. */
export const stackRoutes = [
  section('/stacks', 'Stacks', (parent) => [
    inside(parent, '/', undefined, stacks, 'StacksPage'),
    inside(parent, '/create', 'New stack', stacks, 'NewStackPage'),
    inside(parent, '/$stack', named('stack'), stacks, 'StackPage'),
    inside(parent, '/$stack/edit', 'Edit', stacks, 'EditStackPage', {
      label: named('stack'),
      to: (params) => `/stacks/${params.stack}`,
    }),
  ]),
  section('/components', 'Components', (parent) => [
    leap(parent, '/components/orchestrator'),
    inside(parent, '/create', 'Register', components, 'NewComponentPage'),
    inside(parent, '/$type', (params) => manyOf(params.type ?? ''), components, 'ComponentsPage'),
    inside(parent, '/$type/$component', named('component'), components, 'ComponentPage', ofType),
    inside(parent, '/$type/$component/edit', 'Edit', components, 'EditComponentPage', {
      label: named('component'),
      to: (params) => `/components/${params.type}/${params.component}`,
    }),
  ]),
  section('/flavors', 'Flavors', (parent) => [
    inside(parent, '/', undefined, flavors, 'FlavorsPage'),
    inside(parent, '/$type/$flavor', named('flavor'), flavors, 'FlavorPage'),
  ]),
  section('/secrets', 'Secrets', (parent) => [
    inside(parent, '/', undefined, secrets, 'SecretsPage'),
    inside(parent, '/$secret', named('secret'), secrets, 'SecretPage'),
  ]),
  section('/connectors', 'Service connectors', (parent) => [
    inside(parent, '/', undefined, connectors, 'ConnectorsPage'),
    inside(parent, '/types', 'New connector', connectors, 'ConnectorTypesPage'),
    inside(parent, '/create', 'New connector', connectors, 'NewConnectorPage'),
    inside(parent, '/$connector', named('connector'), connectors, 'ConnectorPage'),
    inside(parent, '/$connector/edit', 'Edit', connectors, 'EditConnectorPage', {
      label: named('connector'),
      to: (params) => `/connectors/${params.connector}`,
    }),
  ]),
];
