import { UserRoundPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Envelope } from '../../api.ts';
import { Button, IconButton } from '../../ui/button.tsx';

const ShareDialog = lazy(async () => ({ default: (await import('./share-dialog.tsx')).ShareDialog }));

interface Props {
  readonly type: string;
  readonly thing: Pick<Envelope, 'id' | 'name'>;
  /** As a small button in a row. */
  readonly small?: boolean;
}

/** Opens the share dialog. It is for everybody who sees the thing: who may not share it learns why he sees it. */
export const ShareButton = ({ type, thing, small }: Props) => {
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const show = (): void => {
    setUsed(true);
    setOpen(true);
  };
  return (
    <>
      {small ? (
        <IconButton label={`Share ${thing.name}`} onClick={show}>
          <UserRoundPlus aria-hidden />
        </IconButton>
      ) : (
        <Button onClick={show}>
          <UserRoundPlus aria-hidden />
          Share
        </Button>
      )}
      {used && (
        <Suspense>
          <ShareDialog open={open} onClose={() => setOpen(false)} thing={{ type, id: thing.id, name: thing.name }} />
        </Suspense>
      )}
    </>
  );
};
