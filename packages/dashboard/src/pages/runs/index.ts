export { RunsPage } from './runs.tsx';
