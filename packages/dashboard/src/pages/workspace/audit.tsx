import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { auditSentence } from '../../access/audit-words.ts';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { useListState } from '../../resource/list-state.ts';
import { useList } from '../../resource/query.ts';
import { ListTable, type Column } from '../../resource/table.tsx';
import { Filter, SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import type { AuditEvent } from '../../resource/types.ts';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { exact, Time } from '../../ui/time.tsx';
import { WorkspaceFrame } from '../settings-frame.tsx';
import { AuditDetails } from './audit-details.tsx';

const targets = [
  'user',
  'invitation',
  'team',
  'role',
  'role_assignment',
  'service_account',
  'api_key',
  'project',
  'settings',
  'session',
  'pipeline',
  'run',
  'stack',
  'model',
];

const columns = (open: (event: AuditEvent) => void): Column<AuditEvent>[] => [
  { id: 'at', head: 'When', sort: 'created', className: 'text-soft', cell: ({ body }) => <Time at={body.created} /> },
  {
    id: 'who',
    head: 'Who',
    cell: ({ body }) => (
      <>
        <span className="block font-medium">{body.actor_name ?? 'nobody logged in'}</span>
        {body.via && <span className="block text-xs text-faint">{body.via}</span>}
      </>
    ),
  },
  {
    id: 'what',
    head: 'What',
    className: 'max-w-md',
    cell: (event) => (
      <button
        type="button"
        onClick={() => open(event)}
        title={exact(event.body.created)}
        className="rounded text-left wrap-anywhere hover:underline"
      >
        {auditSentence(event.body)}
      </button>
    ),
  },
  {
    id: 'outcome',
    head: 'Outcome',
    from: 'sm',
    cell: ({ body }) =>
      body.outcome === 'denied' ? <Badge tone="bad">denied</Badge> : <Badge tone="good">done</Badge>,
  },
  {
    id: 'reason',
    head: 'Reason',
    from: 'lg',
    className: 'max-w-xs truncate text-soft',
    cell: ({ body }) => body.reason ?? '',
  },
];

export const AuditPage = () => {
  const state = useListState();
  const { search, set } = state;
  const blocked = useGate()(needs.settings);
  const [shown, setShown] = useState<AuditEvent | null>(null);
  const list = useList<AuditEvent>(
    '/audit_events',
    {
      page: state.page,
      size: 30,
      hydrate: true,
      sort_by: state.sort ?? 'desc:created',
      actor_name: search.q && `contains:${search.q}`,
      target_type: search.target,
      outcome: search.outcome,
    },
    !blocked,
  );
  return (
    <WorkspaceFrame title="Audit" intro="Who did what, and who was refused what. It cannot be changed from here.">
      {blocked ? (
        <Notice>{blocked}</Notice>
      ) : (
        <>
          <Toolbar>
            <SearchBox label="Search by person" value={search.q ?? ''} onChange={(q) => set({ q })} />
            <Filter
              label="Kind of thing"
              all="Everything"
              options={targets.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
              value={search.target}
              onChange={(target) => set({ target })}
            />
            <Filter
              label="Outcome"
              all="Any outcome"
              options={[
                { value: 'success', label: 'Done' },
                { value: 'denied', label: 'Denied' },
              ]}
              value={search.outcome}
              onChange={(outcome) => set({ outcome })}
            />
            {(search.q || search.target || search.outcome) && (
              <Button
                size="sm"
                look="ghost"
                onClick={() => set({ q: undefined, target: undefined, outcome: undefined })}
              >
                Clear
              </Button>
            )}
          </Toolbar>
          <ListTable
            label="Audit"
            columns={columns(setShown)}
            list={list}
            state={state}
            empty={
              <Empty icon={<ScrollText />} title="Nothing matches">
                Every change and every refusal leaves a line here.
              </Empty>
            }
          />
        </>
      )}
      <AuditDetails event={shown} onClose={() => setShown(null)} />
    </WorkspaceFrame>
  );
};
