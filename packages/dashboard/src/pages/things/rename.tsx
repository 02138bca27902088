import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly what: string;
  readonly name: string;
  /** What a new name breaks. */
  readonly warning: string;
  readonly save: (name: string) => Promise<unknown>;
}

export const RenameDialog = (props: Props) => (
  <Dialog open={props.open} onClose={props.onClose} title={`Rename ${props.name}`}>
    <Body {...props} />
  </Dialog>
);

const Body = ({ onClose, what, name, warning, save }: Props) => {
  const change = useChange(save, { quiet: true, done: 'Renamed', then: onClose });
  const form = useForm({
    initial: { name },
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
