import { useState } from 'react';
import { post } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { AreaField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PickOne } from '../../ui/picker.tsx';
import { SelectField, type Option } from '../../ui/select.tsx';
import { usePeopleOptions } from '../options.ts';
import { addressOf, levelWords, LEVELS, type Sharing } from './data.ts';

const kept = (nothing: string) => [
  { value: 'none', label: nothing },
  ...LEVELS.map((level) => ({ value: level, label: levelWords[level] })),
];

interface Props {
  readonly sharing: Sharing;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

export const Give = ({ sharing, onDone, onBack }: Props) => {
  const [text, setText] = useState('');
  const options = usePeopleOptions(text);
  const give = useChange((body: object) => post(`${addressOf(sharing)}/transfer`, body), {
    quiet: true,
    done: 'Given away',
    then: onDone,
  });
  const form = useForm<{ to: Option | null; keep: string; note: string }>({
    initial: { to: null, keep: 'edit', note: '' },
    check: ({ to }) => (to ? {} : { to: 'Choose somebody.' }),
    submit: ({ to, keep, note }) => give.mutateAsync({ to: to!.value, keep, note: note || null }),
  });
  return (
    <DialogForm form={form} action="Give it away" onCancel={onBack} cancel="Back" danger>
      <Notice>The new owner may do everything with it, also remove it. You cannot take it back.</Notice>
      <PickOne
        label="New owner"
        options={options}
        value={form.values.to}
        onChange={(to) => form.set('to', to)}
        onSearch={setText}
        placeholder="Type a name"
        problem={form.problems.to}
      />
      <SelectField
        label="You keep"
        options={kept('Nothing but what your roles give')}
        value={form.values.keep}
        onChange={(keep) => form.set('keep', keep)}
      />
      <AreaField label="Note" hint="The new owner reads it." optional {...form.text('note')} />
    </DialogForm>
  );
};

export const TakeOver = ({ sharing, onDone, onBack }: Props) => {
  const take = useChange((body: object) => post(`${addressOf(sharing)}/take_over`, body), {
    quiet: true,
    done: 'It is yours now',
    then: onDone,
  });
  const form = useForm({
    initial: { reason: '', keep: 'manage' },
    check: ({ reason }) => (reason.trim() ? {} : { reason: 'Say why: the owner reads it.' }),
    submit: ({ reason, keep }) => take.mutateAsync({ reason: reason.trim(), keep }),
  });
  const owner = sharing.owner?.name ?? 'the owner';
  return (
    <DialogForm form={form} action="Take it over" onCancel={onBack} cancel="Back" danger>
      <Notice kind="warn" title={`You become the owner in place of ${owner}`}>
        {owner} is told, with your reason. The audit log keeps it.
      </Notice>
      <AreaField label="Reason" {...form.text('reason')} />
      <SelectField
        label={`${owner} keeps`}
        options={kept('Nothing but what roles give')}
        value={form.values.keep}
        onChange={(keep) => form.set('keep', keep)}
      />
    </DialogForm>
  );
};
