import { page } from './parts.ts';

export const tagRoutes = [page('/tags', 'Tags', () => import('../pages/tags/tags.tsx'), 'TagsPage')];
