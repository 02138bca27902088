export { SchedulesPage } from './schedules.tsx';
export { TriggerPage } from './trigger.tsx';
export { TriggersPage } from './triggers.tsx';
export { WebhooksPage } from './webhooks.tsx';
