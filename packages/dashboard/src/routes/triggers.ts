import type { AnyRoute } from '@tanstack/react-router';
import { inProject, inside, named, type Parent } from './parts.ts';

const triggers = () => import('../pages/triggers/index.ts');
const repositories = () => import('../pages/repositories/repositories.tsx');

/** What starts runs of a project by itself, and where their code comes from. */
export const triggerRoutes = (project: Parent): AnyRoute[] => [
  inside(project, '/triggers', 'Triggers', triggers, 'TriggersPage'),
  inside(project, '/triggers/$trigger', named('trigger'), triggers, 'TriggerPage', {
    label: 'Triggers',
    to: inProject('/triggers'),
  }),
  inside(project, '/webhooks', 'Webhooks', triggers, 'WebhooksPage'),
  inside(project, '/schedules', 'Schedules', triggers, 'SchedulesPage'),
  inside(project, '/repositories', 'Code repositories', repositories, 'RepositoriesPage'),
];
