export { CompareVersionsPage } from './compare.tsx';
export { ModelPage } from './model.tsx';
export { ModelVersionPage } from './model-version.tsx';
export { ModelsPage } from './models.tsx';
