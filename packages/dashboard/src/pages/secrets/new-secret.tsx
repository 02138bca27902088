import { isStatus, post } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { VisibilityChoice } from '../components/visibility.tsx';
import { KeyRows } from './key-rows.tsx';
import { problemOf, valuesOf, type Pair } from './pairs.ts';
import type { Secret } from './types.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: (secret: Secret) => void;
}

export const NewSecret = (props: Props) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title="New secret"
    description="Values are encrypted. Components name them as {{secret.key}}; who runs a pipeline needs the right to read them."
    wide
  >
    <Body {...props} />
  </Dialog>
);

const Body = ({ onClose, onMade }: Props) => {
  const create = useChange((body: object) => post<Secret>('/secrets?keys_only=true', body), {
    quiet: true,
    done: (secret) => `Secret ${secret.name} is there`,
    then: (secret) => {
      onClose();
      onMade(secret);
    },
  });
  const form = useForm({
    initial: { name: '', hidden: false, pairs: [['', '']] as readonly Pair[] },
    check: ({ name, pairs }) => {
      const pairProblem = problemOf(pairs);
      return { ...(!name.trim() && { name: 'A name is needed.' }), ...(pairProblem && { pairs: pairProblem }) };
    },
    submit: ({ name, hidden, pairs }) =>
      create.mutateAsync({ name: name.trim(), private: hidden, values: valuesOf(pairs) }),
  });
  const taken = isStatus(form.failure, 409)
    ? `There is a secret “${form.values.name}” already. Choose another name.`
    : undefined;
  return (
    <DialogForm form={form} action="Create secret" onCancel={onClose} told={Boolean(taken)} roomy>
      <TextField
        label="Name"
        data-first
        placeholder="e.g. aws"
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
        problem={form.problems.name ?? taken}
      />
      <KeyRows pairs={form.values.pairs} onChange={(next) => form.set('pairs', next)} problem={form.problems.pairs} />
      <VisibilityChoice what="a secret" value={form.values.hidden} onChange={(next) => form.set('hidden', next)} />
    </DialogForm>
  );
};
