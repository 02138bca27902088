import { useState } from 'react';
import { useSettings } from '../../access/me.ts';
import { post } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import type { Invitation } from '../../resource/types.ts';
import { Button } from '../../ui/button.tsx';
import { copyText, OnceValue } from '../../ui/copy.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/bits.tsx';
import { ago } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';
import { InviteForm } from './invite-form.tsx';

export const InviteDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [made, setMade] = useState<Invitation | null>(null);
  const settings = useSettings();
  const invite = useChange((body: object) => post<Invitation>('/invitations', body), {
    quiet: true,
    then: (invitation) => {
      setMade(invitation);
      void copyText(invitation.body.url ?? '').then((worked) => worked && toast.good('Link copied'));
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={made ? `${made.body.user_name} is invited` : 'Invite somebody'}
      description={
        made
          ? 'Send the link yourself, in a chat or by e-mail. Whoever opens it chooses a password and is in.'
          : 'You get a link to send. The user name is fixed; they choose the password.'
      }
    >
      {made ? (
        <>
          <OnceValue
            label="Send this link"
            value={made.body.url ?? ''}
            note={`It works once and ends ${ago(made.body.expires)}. It is shown only now; a new one can be made under Invitations.`}
          />
          <DialogActions>
            <Button onClick={() => setMade(null)}>Invite another</Button>
            <Button look="primary" onClick={onClose}>
              Done
            </Button>
          </DialogActions>
        </>
      ) : settings.isPending ? (
        <div className="grid gap-3">
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
        </div>
      ) : (
        <InviteForm settings={settings.data?.body} onCancel={onClose} submit={(body) => invite.mutateAsync(body)} />
      )}
    </Dialog>
  );
};
