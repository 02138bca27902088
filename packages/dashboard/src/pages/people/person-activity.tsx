import { auditSentence } from '../../access/audit-words.ts';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { useList } from '../../resource/query.ts';
import type { AuditEvent, User } from '../../resource/types.ts';
import { Badge, SkeletonLines } from '../../ui/bits.tsx';
import { Failure, Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';

export const PersonActivity = ({ user }: { readonly user: User }) => {
  const blocked = useGate()(needs.settings);
  const events = useList<AuditEvent>(
    '/audit_events',
    { actor_id: user.id, size: 30, sort_by: 'desc:created' },
    !blocked,
  );
  if (blocked) return <Notice>{blocked}</Notice>;
  if (events.error) return <Failure error={events.error} retry={() => void events.refetch()} />;
  if (!events.data) return <SkeletonLines />;
  if (events.data.items.length === 0) return <p className="text-sm text-soft">Nothing recorded yet.</p>;
  return (
    <ol className="grid gap-2.5">
      {events.data.items.map((event) => (
        <li key={event.id} className="flex items-baseline gap-3 text-sm">
          <span className="w-28 shrink-0 text-xs text-faint">
            <Time at={event.body.created} />
          </span>
          <span className="min-w-0 wrap-anywhere">
            {auditSentence(event.body)} {event.body.outcome === 'denied' && <Badge tone="bad">denied</Badge>}
          </span>
        </li>
      ))}
    </ol>
  );
};
