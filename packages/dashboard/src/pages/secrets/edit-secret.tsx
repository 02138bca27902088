import { isStatus, put } from '../../api.ts';
import { useMe } from '../../access/me.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { PasswordField } from '../../ui/password.tsx';
import { VisibilityChoice } from '../components/visibility.tsx';
import type { Secret } from './types.ts';

interface Props {
  readonly secret: Secret;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Name and visibility. */
export const EditSecret = (props: Props) => (
  <Dialog open={props.open} onClose={props.onClose} title={`Edit ${props.secret.name}`}>
    <About {...props} />
  </Dialog>
);

const About = ({ secret, onClose }: Props) => {
  const { data: me } = useMe();
  const mine = me?.local || secret.body.user_id === me?.principal.id;
  const save = useChange((body: object) => put<Secret>(`/secrets/${secret.id}?keys_only=true`, body), {
    quiet: true,
    done: 'Saved',
    then: onClose,
  });
  const form = useForm({
    initial: { name: secret.name, hidden: secret.body.private },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'A name is needed.' }) }),
    submit: ({ name, hidden }) =>
      save.mutateAsync({
        ...(name.trim() !== secret.name && { name: name.trim() }),
        ...(hidden !== secret.body.private && { private: hidden }),
      }),
  });
  const taken = isStatus(form.failure, 409) ? 'There is a secret of this name already.' : undefined;
  return (
    <DialogForm form={form} action="Save" onCancel={onClose} told={Boolean(taken)} roomy>
      <TextField
        label="Name"
        hint="Components that name it as {{name.key}} do not follow a new name."
        {...form.text('name')}
        problem={form.problems.name ?? taken}
      />
      <VisibilityChoice
        what="a secret"
        value={form.values.hidden}
        onChange={(next) => form.set('hidden', next)}
        blocked={mine ? null : 'Only its owner can change this.'}
      />
    </DialogForm>
  );
};

/** A new key, or another value for one that is there. */
export const SetValue = (props: Props & { readonly secretKey: string | null }) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title={props.secretKey === null ? `New key in ${props.secret.name}` : `New value for ${props.secretKey}`}
    description={props.secretKey === null ? undefined : 'It replaces the old one at once, for everything that uses it.'}
  >
    <Value {...props} />
  </Dialog>
);

const Value = ({ secret, secretKey, onClose }: Props & { readonly secretKey: string | null }) => {
  const save = useChange(
    (values: Record<string, string>) =>
      put<Secret>(`/secrets/${secret.id}?patch_values=true&keys_only=true`, { values }),
    { quiet: true, done: 'Saved', then: onClose },
  );
  const form = useForm({
    initial: { key: secretKey ?? '', value: '' },
    check: ({ key }) => ({
      ...(!key.trim() && { key: 'A key is needed.' }),
      ...(secretKey === null && Object.hasOwn(secret.body.values, key.trim()) && { key: 'This key is there already.' }),
    }),
    submit: ({ key, value }) => save.mutateAsync({ [key.trim()]: value }),
  });
  return (
    <DialogForm form={form} action="Save" onCancel={onClose}>
      {secretKey === null && (
        <TextField label="Key" data-first autoComplete="off" spellCheck={false} {...form.text('key')} />
      )}
      <PasswordField
        label="Value"
        autoComplete="new-password"
        {...(secretKey !== null && { 'data-first': true })}
        {...form.text('value')}
      />
    </DialogForm>
  );
};
