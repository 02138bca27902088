import type { AnyRoute } from '@tanstack/react-router';
import { inside, inProject, named, type Parent } from './parts.ts';

const artifacts = () => import('../pages/artifacts/index.ts');
const models = () => import('../pages/models/index.ts');
const ofArtifacts = { label: 'Artifacts', to: inProject('/artifacts') };
const ofModels = { label: 'Models', to: inProject('/models') };

/** Artifacts and models of a project. Versions have addresses of their own, as clients print them. */
export const artifactRoutes = (project: Parent): AnyRoute[] => [
  inside(project, '/artifacts', 'Artifacts', artifacts, 'ArtifactsPage'),
  inside(project, '/artifacts/$artifact', named('artifact'), artifacts, 'ArtifactPage', ofArtifacts),
  inside(project, '/artifact-versions/$version', named('version'), artifacts, 'ArtifactVersionPage', ofArtifacts),
  inside(project, '/models', 'Models', models, 'ModelsPage'),
  inside(project, '/models/$model', named('model'), models, 'ModelPage', ofModels),
  inside(project, '/models/$model/compare', 'Compare versions', models, 'CompareVersionsPage', ofModels),
  inside(project, '/model-versions/$version', named('version'), models, 'ModelVersionPage', ofModels),
];
