import { nullable, oneOf, ref, standard, text, uuid } from '../../kernel/field.ts';
import { defineResource } from '../../kernel/resource.ts';

/** What a person is told that happened to his things without him: one's own, and nobody else's. Removing one is having read it. */
export const notice = defineResource({
  type: 'notice',
  path: 'notices',
  table: 'notice',
  label: 'notice',
  group: 'people',
  description: 'What happened to one’s things: taken over by an administrator, or received from their owner.',
  fields: {
    ...standard(),
    user_id: ref('account', { tier: 'hidden', create: 'never', filter: false }),
    kind: oneOf(['taken_over', 'received'], { create: 'never' }),
    target_type: text({ create: 'never' }),
    target_id: uuid({ create: 'never' }),
    target_name: nullable(text({ create: 'never' })),
    by_id: nullable(uuid({ create: 'never', filter: false })),
    by_name: text({ create: 'never' }),
    reason: nullable(text({ create: 'never', max: 2000, filter: false })),
  },
  access: { scope: 'parent', owner: 'user_id', share: false },
  without: ['create', 'update'],
  show: ['kind', 'target_type', 'target_name', 'by_name', 'created'],
});
