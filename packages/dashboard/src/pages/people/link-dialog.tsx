import { useState } from 'react';
import { useChange } from '../../resource/query.ts';
import { Button } from '../../ui/button.tsx';
import { copyText, OnceValue } from '../../ui/copy.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/notice.tsx';
import { ago } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';

export interface NewLink {
  readonly url?: string;
  readonly token?: string;
  readonly expires: string;
}

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly text: string;
  readonly create: () => Promise<NewLink>;
}

export const LinkDialog = (props: Props) => (
  <Dialog open={props.open} onClose={props.onClose} title={props.title} description={props.text}>
    <Body {...props} />
  </Dialog>
);

const Body = ({ create, onClose }: Props) => {
  const [link, setLink] = useState<NewLink | null>(null);
  const make = useChange(create, {
    quiet: true,
    then: (made) => {
      setLink(made);
      void copyText(made.url ?? '').then((worked) => worked && toast.good('Link copied'));
    },
  });
  if (link) {
    return (
      <>
        <OnceValue
          label="Send this link"
          value={link.url ?? ''}
          note={`It works once and ends ${ago(link.expires)}. It is shown only now.`}
        />
        <DialogActions>
          <Button onClick={onClose}>Done</Button>
        </DialogActions>
      </>
    );
  }
  return (
    <>
      <Problem error={make.error} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" busy={make.isPending} onClick={() => make.mutate(undefined)}>
          Create and copy link
        </Button>
      </DialogActions>
    </>
  );
};
