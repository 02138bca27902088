import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { rowGate } from '../../access/me.ts';
import { remove, type Envelope, type Query } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';

interface Props {
  readonly thing: Envelope;
  /** Whose rights decide. */
  readonly type: string;
  /** The thing's own address at the server. */
  readonly path: string;
  readonly query?: Query;
  /** Said before the name where that would not tell what it is: `version`. */
  readonly kind?: string;
  readonly name: string;
  /** What has to be typed first. */
  readonly typed?: string;
  /** The page to go to, as this one shows nothing any more. */
  readonly back: string;
  /** What goes with it. */
  readonly children: ReactNode;
}

/** The button that deletes the thing of a page, once one has said so again. */
export const DeleteButton = ({ thing, type, path, query, kind, name, typed, back, children }: Props) => {
  const called = kind ? `${kind} ${name}` : name;
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const drop = useChange(() => remove(path, query), {
    quiet: true,
    done: `${kind ? called.charAt(0).toUpperCase() + called.slice(1) : name} is deleted`,
    then: () => void navigate({ to: back }),
  });
  return (
    <>
      <Button look="danger-ghost" blocked={rowGate(thing, type, 'delete')} onClick={() => setOpen(true)}>
        <Trash2 aria-hidden />
        Delete
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={`Delete ${called}?`}
        action="Delete for good"
        {...(typed !== undefined && { typed })}
        run={() => drop.mutateAsync(undefined)}
      >
        {children}
      </Confirm>
    </>
  );
};
