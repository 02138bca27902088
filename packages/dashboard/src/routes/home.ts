import { page } from './parts.ts';

export const homeRoutes = [page('/', 'Home', () => import('../pages/home/home.tsx'), 'HomePage')];
