import { MailPlus, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { post, remove, seg } from '../../api.ts';
import { useListState } from '../../resource/list-state.ts';
import { useChange, useList } from '../../resource/query.ts';
import { ListTable, type Column } from '../../resource/table.tsx';
import { Filter, SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import type { Invitation } from '../../resource/types.ts';
import { Badge, Empty, type Tone } from '../../ui/bits.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { InviteButton, PeopleFrame } from './frame.tsx';
import { LinkDialog, type NewLink } from './link-dialog.tsx';

const tones: Record<Invitation['body']['state'], [Tone, string]> = {
  pending: ['warn', 'Open'],
  accepted: ['good', 'Accepted'],
  expired: ['plain', 'Expired'],
  revoked: ['bad', 'Revoked'],
};

const intro = 'Links that were sent. A link is shown only when it is made: renew it to get one you can send again.';

/** Only the newest link of a person can be renewed: what came before it is history. The list comes newest first. */
const latestOf = (all: readonly Invitation[]): ReadonlySet<string> => {
  const seen = new Map<string, string>();
  for (const one of all) if (!seen.has(one.body.user_id)) seen.set(one.body.user_id, one.id);
  return new Set(seen.values());
};

const words: Readonly<Record<string, string>> = {
  invite: 'invitation',
  reset: 'password reset',
  reactivate: 'way back for somebody deactivated',
};

const columns = (
  latest: ReadonlySet<string>,
  blocked: string | null,
  renew: (one: Invitation) => void,
  revoke: (one: Invitation) => void,
): Column<Invitation>[] => [
  {
    id: 'user',
    head: 'For',
    cell: ({ body }) => (
      <>
        <span className="block font-medium">{body.user_name}</span>
        <span className="block text-xs text-faint">{words[body.kind] ?? body.kind}</span>
      </>
    ),
  },
  {
    id: 'state',
    head: 'State',
    cell: ({ body }) => <Badge tone={tones[body.state]?.[0] ?? 'plain'}>{tones[body.state]?.[1] ?? body.state}</Badge>,
  },
  {
    id: 'expires',
    head: 'Ends',
    from: 'sm',
    className: 'text-soft',
    cell: ({ body }) => <Time at={body.state === 'pending' || body.state === 'expired' ? body.expires : null} />,
  },
  { id: 'by', head: 'Invited by', from: 'md', className: 'text-soft', cell: ({ body }) => body.created_by_name ?? '' },
  {
    id: 'note',
    head: 'Note',
    from: 'lg',
    className: 'max-w-64 truncate text-soft',
    cell: ({ body }) => body.note ?? '',
  },
  {
    id: 'do',
    head: 'Actions',
    quiet: true,
    className: 'text-right whitespace-nowrap',
    cell: (one) =>
      one.body.state === 'accepted' || !latest.has(one.id) ? null : (
        <span className="inline-flex gap-1">
          <Button
            size="sm"
            aria-label={`Renew the link of ${one.body.user_name}`}
            blocked={blocked}
            onClick={() => renew(one)}
          >
            <RotateCw aria-hidden />
            <span className="max-sm:sr-only">Renew</span>
          </Button>
          {one.body.state === 'pending' && (
            <IconButton
              label={`Revoke the link of ${one.body.user_name}`}
              blocked={blocked}
              onClick={() => revoke(one)}
            >
              <X aria-hidden />
            </IconButton>
          )}
        </span>
      ),
  },
];

export const InvitationsPage = () => {
  const state = useListState();
  const { search, set } = state;
  const blocked = useGate()(needs.managePeople);
  const list = useList<Invitation>(
    '/invitations',
    {
      hydrate: true,
      page: state.page,
      sort_by: 'desc:created',
      state: search.state,
      user_name: search.q && `contains:${search.q}`,
    },
    !blocked,
  );
  const [renewing, setRenewing] = useState<Invitation | null>(null);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const revoke = useChange((one: Invitation) => remove(`/invitations/${seg(one.id)}`), {
    quiet: true,
    done: 'The link is dead',
  });
  if (blocked) {
    return (
      <PeopleFrame title="Invitations" intro={intro}>
        <Notice>{blocked}</Notice>
      </PeopleFrame>
    );
  }
  return (
    <PeopleFrame title="Invitations" intro={intro}>
      <Toolbar>
        <SearchBox label="Search by user name" value={search.q ?? ''} onChange={(q) => set({ q })} />
        <Filter
          label="State"
          all="Any state"
          options={Object.entries(tones).map(([value, [, label]]) => ({ value, label }))}
          value={search.state}
          onChange={(next) => set({ state: next })}
        />
      </Toolbar>
      <ListTable
        label="Invitations"
        columns={columns(latestOf(list.data?.items ?? []), blocked, setRenewing, setRevoking)}
        list={list}
        state={state}
        empty={
          <Empty
            icon={<MailPlus />}
            title={search.q || search.state ? 'No invitation matches' : 'No invitation yet'}
            action={!search.q && !search.state && <InviteButton />}
          >
            Invitations and password resets appear here with their state and when they end.
          </Empty>
        }
      />
      <LinkDialog
        open={renewing !== null}
        onClose={() => setRenewing(null)}
        title={`New link for ${renewing?.body.user_name ?? ''}`}
        text="The link sent before stops working at once."
        create={async () => (await post<{ body: NewLink }>(`/invitations/${seg(renewing?.id ?? '')}/renew`)).body}
      />
      <Confirm
        open={revoking !== null}
        onClose={() => setRevoking(null)}
        title={`Revoke the link of ${revoking?.body.user_name ?? ''}?`}
        action="Revoke"
        run={async () => revoking && revoke.mutateAsync(revoking)}
      >
        <p>
          Nobody can sign up with it any more. The user name stays reserved until you remove the person under Members;
          renewing makes a new link.
        </p>
      </Confirm>
    </PeopleFrame>
  );
};
