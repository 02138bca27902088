import { Refused } from '../../../kernel/errors.ts';
import type { Values } from '../../../kernel/resource.ts';
import { signedBy, text, type Provider } from './provider.ts';

const LIST = { list_id: 'text', space_id: 'text', folder_id: 'text' } as const;
const TASK = { ...LIST, task_id: 'text' } as const;
/** Ids come as texts or as numbers. */
const id = (value: unknown): string | null => (typeof value === 'number' ? String(value) : text({ value }, 'value'));
const history = (payload: Values): readonly Values[] => (Array.isArray(payload['history_items']) ? (payload['history_items'] as Values[]) : []);
/** The status after the last change. */
const status = (payload: Values): string | null => text(history(payload).at(-1), 'after') ?? text(history(payload).at(-1), 'after', 'status');

const targets: Provider['targets'] = {
  ...Object.fromEntries(['taskCreated', 'taskUpdated', 'taskDeleted', 'taskMoved', 'taskAssigneeUpdated', 'taskCommentPosted'].map((type) => [type, TASK])),
  taskStatusUpdated: { ...TASK, status: 'text' },
  ...Object.fromEntries(['listCreated', 'listUpdated', 'listDeleted'].map((type) => [type, LIST])),
};

export const clickup: Provider = {
  doubt: signedBy('x-signature', ''),
  read: (payload) => {
    const event_type = text(payload, 'event');
    const webhook = text(payload, 'webhook_id');
    if (event_type === null || webhook === null) throw new Refused('The event needs the fields event and webhook_id');
    const ids = history(payload)
      .flatMap((item) => id(item?.['id']) ?? [])
      .sort();
    return { event: { event_type, delivery_id: ids.length === 0 ? null : `${webhook}:${ids.join(',')}`, payload }, status: 202 };
  },
  targets,
  all: false,
  meaning: ({ event_type, payload }) => {
    const known = Object.hasOwn(targets, event_type) ? targets[event_type]! : null;
    if (known === null) return null;
    return { type: event_type, ...Object.fromEntries(Object.keys(known).map((name) => [name, name === 'status' ? status(payload) : id(payload[name])])) };
  },
};
