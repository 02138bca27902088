import { auditSentence } from '../../access/audit-words.ts';
import type { AuditEvent } from '../../resource/types.ts';
import { Drawer } from '../../ui/dialog.tsx';
import { exact } from '../../ui/time.tsx';

const text = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, null, 1);

const pair = (value: unknown): [string, string] => {
  if (Array.isArray(value) && value.length === 2) return [text(value[0]), text(value[1])];
  const change = value as { before?: unknown; after?: unknown; from?: unknown; to?: unknown } | null;
  if (change && typeof change === 'object' && ('after' in change || 'to' in change))
    return [text(change.before ?? change.from), text(change.after ?? change.to)];
  return ['', text(value)];
};

const Changes = ({ changes }: { readonly changes: Record<string, unknown> }) => (
  <table className="mt-1 w-full text-sm">
    <thead className="text-left text-xs text-faint">
      <tr>
        <th className="py-1 pr-3 font-medium">Field</th>
        <th className="py-1 pr-3 font-medium">Before</th>
        <th className="py-1 font-medium">After</th>
      </tr>
    </thead>
    <tbody>
      {Object.entries(changes).map(([field, value]) => {
        const [before, after] = pair(value);
        return (
          <tr key={field} className="border-t align-top">
            <td className="py-1.5 pr-3 text-soft">{field.replaceAll('_', ' ')}</td>
            <td className="py-1.5 pr-3 wrap-anywhere text-faint">{before}</td>
            <td className="py-1.5 wrap-anywhere">{after}</td>
          </tr>
        );
      })}
    </tbody>
  </table>
);

export const AuditDetails = ({
  event,
  onClose,
}: {
  readonly event: AuditEvent | null;
  readonly onClose: () => void;
}) => {
  const body = event?.body;
  return (
    <Drawer
      open={event !== null}
      onClose={onClose}
      title={body ? `${body.actor_name ?? 'Nobody logged in'} ${auditSentence(body)}` : 'Event'}
    >
      {body && (
        <div className="grid gap-5">
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
            {(
              [
                ['When', exact(body.created)],
                ['Who', body.actor_name],
                ['Through', body.via],
                ['Action', body.action],
                ['On', [body.target_type, body.target_name ?? body.target_id].filter(Boolean).join(' ')],
                ['Outcome', body.outcome],
                ['Reason', body.reason],
                ['Request', body.request_id],
              ] as const
            )
              .filter(([, value]) => value)
              .map(([label, value]) => (
                <div key={label} className="contents">
                  <dt className="text-faint">{label}</dt>
                  <dd className="wrap-anywhere">{value}</dd>
                </div>
              ))}
          </dl>
          {body.changes && Object.keys(body.changes).length > 0 && (
            <section>
              <h3 className="font-medium">What changed</h3>
              <Changes changes={body.changes} />
            </section>
          )}
        </div>
      )}
    </Drawer>
  );
};
