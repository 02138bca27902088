import { useEffect, useState } from 'react';
import { PreviewBox } from '../../access/preview.tsx';
import { post, put, seg } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { LinkDialog, type NewLink } from './link-dialog.tsx';
import { RemovePerson } from './remove-person.tsx';

export interface Doing {
  readonly what: 'reset' | 'renew' | 'deactivate' | 'reactivate' | 'remove';
  readonly user: User;
}

interface Props {
  readonly doing: Doing | null;
  readonly onClose: () => void;
  readonly onGone: () => void;
}

const linkOf = async ({ what, user }: Doing): Promise<NewLink> => {
  if (what === 'reset') return post<NewLink>(`/users/${seg(user.name)}/reset`);
  const answer = await post<{ body: NewLink }>(`/invitations/${seg(user.resources?.invitation?.id ?? '')}/renew`);
  return answer.body;
};

/** The last one stays while its dialog closes, so that the words do not vanish before it does. */
const useLast = (doing: Doing | null): Doing | null => {
  const [last, setLast] = useState(doing);
  useEffect(() => {
    if (doing) setLast(doing);
  }, [doing]);
  return doing ?? last;
};

export const MemberDialogs = ({ doing, onClose, onGone }: Props) => {
  const last = useLast(doing);
  const is = (...whats: Doing['what'][]): boolean => doing !== null && whats.includes(doing.what);
  const toggle = useChange(({ what, user }: Doing) => put(`/users/${seg(user.name)}/${what}`), {
    quiet: true,
    done: () =>
      last?.what === 'deactivate' ? `${last.user.name} is deactivated` : `${last?.user.name} is active again`,
  });
  const name = last?.user.name ?? '';
  return (
    <>
      <LinkDialog
        open={is('reset', 'renew')}
        onClose={onClose}
        title={last?.what === 'reset' ? `Reset link for ${name}` : `New invitation link for ${name}`}
        text={
          last?.what === 'reset'
            ? 'With this link they choose a new password themselves. It works once; nothing changes until they use it.'
            : 'The link sent before stops working at once.'
        }
        create={() => (last ? linkOf(last) : Promise.reject(new Error('Nobody chosen')))}
      />
      <Confirm
        open={is('deactivate', 'reactivate')}
        onClose={onClose}
        title={last?.what === 'deactivate' ? `Deactivate ${name}?` : `Reactivate ${name}?`}
        action={last?.what === 'deactivate' ? 'Deactivate' : 'Reactivate'}
        harmless={last?.what === 'reactivate'}
        run={async () => last && toggle.mutateAsync(last)}
      >
        {last?.what === 'deactivate' ? (
          <>
            <p>
              All sessions and tokens of {name} stop working at once. What they own stays, and you can reactivate them
              at any time.
            </p>
            <PreviewBox body={is('deactivate') ? { deactivate: name } : null} />
          </>
        ) : (
          <p>{name} can log in again with the old password and has the roles listed here. Ended sessions stay ended.</p>
        )}
      </Confirm>
      <RemovePerson user={is('remove') ? (last?.user ?? null) : null} onClose={onClose} onGone={onGone} />
    </>
  );
};
