import { page } from './parts.ts';

export const requestRoutes = [
  page('/requests', 'Requests', () => import('../pages/requests/index.ts'), 'RequestsPage'),
];
