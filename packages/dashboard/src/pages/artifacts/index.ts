export { ArtifactPage } from './artifact.tsx';
export { ArtifactsPage } from './artifacts.tsx';
export { ArtifactVersionPage } from './version.tsx';
