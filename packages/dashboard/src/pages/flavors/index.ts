export { FlavorPage } from './flavor.tsx';
export { FlavorsPage } from './flavors.tsx';
