import { json, nullable, oneOf, standard, text } from '../../kernel/field.ts';
import { defineResource } from '../../kernel/resource.ts';

const fact = (options = {}) => text({ create: 'never', ...options });

/** Who did what, or tried to. Written by the kernel alone; read by those who manage the server. */
export const auditEvent = defineResource({
  type: 'audit_event',
  path: 'audit_events',
  table: 'audit_event',
  label: 'audit event',
  group: 'server',
  fields: {
    ...standard(),
    actor_kind: fact(),
    actor_id: nullable(fact()),
    actor_name: fact(),
    via: fact(),
    action: fact(),
    target_type: nullable(fact()),
    target_id: nullable(fact()),
    target_name: nullable(fact()),
    project_id: nullable(fact()),
    outcome: oneOf(['success', 'denied'], { create: 'never' }),
    reason: nullable(fact()),
    changes: nullable(json({ create: 'never' })),
    ip: fact(),
    user_agent: fact({ filter: false }),
    request_id: fact(),
    session_id: nullable(fact({ tier: 'hidden', filter: false })),
  },
  access: { scope: 'server', owner: null, share: false, needs: { read: 'settings:manage' } },
  without: ['create', 'update', 'remove'],
  show: ['created', 'actor_name', 'action', 'target_type', 'target_name', 'outcome'],
});
