import { useState } from 'react';
import { expiresIn, expiryOptions } from '../../access/expiry.ts';
import { post } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { Session } from '../../resource/types.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice.tsx';
import { OnceValue } from '../../ui/copy.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { SelectField } from '../../ui/select.tsx';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

export const TokenDialog = (props: Props) => (
  <Dialog open={props.open} onClose={props.onClose} title="New personal token">
    <Body {...props} />
  </Dialog>
);

const Body = ({ onClose }: Props) => {
  const [value, setValue] = useState('');
  const create = useChange((body: object) => post<Session>('/tokens', body), {
    quiet: true,
    then: (made) => setValue(made.body.token ?? ''),
  });
  const form = useForm({
    initial: { name: '', expires: String(30 * 86_400), reading: false },
    check: ({ name }) => ({
      ...(!name.trim() && { name: 'A name is needed, so that you know later what to revoke.' }),
    }),
    submit: ({ name, expires, reading }) =>
      create.mutateAsync({
        name: name.trim(),
        ...(expiresIn(expires) && { expires_in: expiresIn(expires) }),
        ...(reading && { permissions: ['read'] }),
      }),
  });
  if (value) {
    return (
      <>
        <OnceValue value={value} label="Your token" note="It is shown only now. Whoever has it acts as you." />
        <DialogActions>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <DialogForm form={form} action="Create token" onCancel={onClose}>
      <TextField label="Name" placeholder="e.g. notebook" data-first autoComplete="off" {...form.text('name')} />
      <SelectField
        label="Ends"
        options={expiryOptions}
        value={form.values.expires}
        onChange={(next) => form.set('expires', next)}
      />
      <Check
        label="Only reading"
        text="Whatever you may do: this token changes nothing."
        checked={form.values.reading}
        onChange={(on) => form.set('reading', on)}
      />
    </DialogForm>
  );
};
