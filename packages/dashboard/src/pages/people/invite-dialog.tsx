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

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

export const InviteDialog = ({ open, onClose }: Props) => {
  const [made, setMade] = useState<Invitation | null>(null);
  const [before, setBefore] = useState(open);
  if (open !== before) {
    setBefore(open);
    if (open) setMade(null);
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={made ? `${made.body.user_name} is invited` : 'Invite somebody'}
      description={
        made
          ? 'Send the link yourself, in a chat or by e-mail. Whoever opens it chooses a password and is in.'
          : 'You get a link to send. The user name is fixed; they choose the password.'
      }
    >
      {made ? (
        <Made invitation={made} onAgain={() => setMade(null)} onClose={onClose} />
      ) : (
        <Asking onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  );
};

const Made = ({
  invitation,
  onAgain,
  onClose,
}: {
  readonly invitation: Invitation;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}) => (
  <>
    <OnceValue
      label="Send this link"
      value={invitation.body.url ?? ''}
      note={`It works once and ends ${ago(invitation.body.expires)}. It is shown only now; a new one can be made under Invitations.`}
    />
    <DialogActions>
      <Button onClick={onAgain}>Invite another</Button>
      <Button look="primary" onClick={onClose}>
        Done
      </Button>
    </DialogActions>
  </>
);

const Asking = ({
  onMade,
  onClose,
}: {
  readonly onMade: (invitation: Invitation) => void;
  readonly onClose: () => void;
}) => {
  const settings = useSettings();
  const invite = useChange((body: object) => post<Invitation>('/invitations', body), {
    quiet: true,
    then: (invitation) => {
      onMade(invitation);
      void copyText(invitation.body.url ?? '').then((worked) => worked && toast.good('Link copied'));
    },
  });
  if (settings.isPending) {
    return (
      <div className="grid gap-3">
        <Skeleton className="h-9" />
        <Skeleton className="h-9" />
      </div>
    );
  }
  return <InviteForm settings={settings.data?.body} onCancel={onClose} submit={(body) => invite.mutateAsync(body)} />;
};
