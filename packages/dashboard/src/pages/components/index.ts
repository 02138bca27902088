export { ComponentPage } from './component.tsx';
export { ComponentsPage } from './components.tsx';
export { EditComponentPage, NewComponentPage } from './edit.tsx';
