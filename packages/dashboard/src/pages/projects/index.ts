export { ProjectPage } from './project.tsx';
export { ProjectsPage } from './projects.tsx';
