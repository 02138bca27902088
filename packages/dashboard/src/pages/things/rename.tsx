import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { rowGate } from '../../access/me.ts';
import { put, type Envelope } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

interface Props {
  readonly thing: Envelope;
  /** Whose rights decide. */
  readonly type: string;
  /** The thing's own address at the server. */
  readonly path: string;
  readonly what: string;
  /** What a new name breaks. */
  readonly warning: string;
}

/** The button that gives the thing of a page another name. */
export const RenameButton = (props: Props) => {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button blocked={rowGate(props.thing, props.type, 'update')} onClick={() => setOpen(true)}>
        <Pencil aria-hidden />
        Rename
      </Button>
      <Dialog open={open} onClose={close} title={`Rename ${props.thing.name}`}>
        <Body {...props} onClose={close} />
      </Dialog>
    </>
  );
};

const Body = ({ thing, path, what, warning, onClose }: Props & { readonly onClose: () => void }) => {
  const change = useChange((name: string) => put(path, { name }), { quiet: true, done: 'Renamed', then: onClose });
  const form = useForm({
    initial: { name: thing.name },
    check: (values) => ({ ...(!values.name.trim() && { name: 'Give it a name.' }) }),
    submit: (values) => change.mutateAsync(values.name.trim()),
  });
  return (
    <DialogForm form={form} action="Rename" onCancel={onClose}>
      <TextField
        label={`Name of the ${what}`}
        hint={warning}
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
      />
    </DialogForm>
  );
};
