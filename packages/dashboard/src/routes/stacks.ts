import { page } from './parts.ts';

export const stackRoutes = [page('/stacks', 'Stacks', () => import('../pages/ml/stacks.tsx'), 'StacksPage')];
