import { useState } from 'react';
import { post, put, seg } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { ApiKey } from '../../resource/types.ts';
import { Button } from '../../ui/button.tsx';
import { Command, OnceValue } from '../../ui/copy.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { SelectField } from '../../ui/select.tsx';

interface Props {
  readonly base: string;
  readonly doing: 'new' | ApiKey | null;
  readonly onClose: () => void;
}

const overlaps = [
  { value: '0', label: 'At once' },
  { value: '60', label: 'After 1 hour' },
  { value: '1440', label: 'After 1 day' },
  { value: '10080', label: 'After 7 days' },
];

export const KeyDialog = ({ base, doing, onClose }: Props) => (
  <Dialog
    open={doing !== null}
    onClose={onClose}
    title={doing === 'new' || !doing ? 'New API key' : `Rotate ${doing.name}`}
  >
    {doing && <Body base={base} doing={doing} onClose={onClose} />}
  </Dialog>
);

const Body = ({ base, doing, onClose }: Props & { readonly doing: 'new' | ApiKey }) => {
  const rotate = doing !== 'new';
  const [value, setValue] = useState('');
  const make = useChange(
    (body: object) => (rotate ? put<ApiKey>(`${base}/${seg(doing.id)}/rotate`, body) : post<ApiKey>(base, body)),
    {
      quiet: true,
      then: (key) => setValue(key.body.key ?? ''),
    },
  );
  const form = useForm({
    initial: { name: '', description: '', overlap: '0' },
    check: ({ name }) => ({ ...(!rotate && !name.trim() && { name: 'A name is needed.' }) }),
    submit: ({ name, description, overlap }) =>
      make.mutateAsync(
        rotate
          ? { retain_period_minutes: Number(overlap) }
          : { name: name.trim(), ...(description.trim() && { description: description.trim() }) },
      ),
  });
  if (value) {
    return (
      <div className="grid grid-cols-1 gap-3">
        <OnceValue
          value={value}
          label="The key"
          note="It is shown only now. Keep it where the machine keeps its secrets."
        />
        <Command
          label="environment"
          text={`export ZENML_STORE_URL=${location.origin}\nexport ZENML_STORE_API_KEY='${value}'`}
        />
        <DialogActions>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </div>
    );
  }
  return (
    <DialogForm form={form} action={rotate ? 'Rotate' : 'Create key'} onCancel={onClose}>
      {rotate ? (
        <SelectField
          label="The old value ends"
          options={overlaps}
          value={form.values.overlap}
          onChange={(next) => form.set('overlap', next)}
          hint="A while with both gives you time to change it everywhere."
        />
      ) : (
        <>
          <TextField
            label="Name"
            placeholder="e.g. github-actions"
            data-first
            autoComplete="off"
            {...form.text('name')}
          />
          <TextField label="Description" optional {...form.text('description')} />
        </>
      )}
    </DialogForm>
  );
};
