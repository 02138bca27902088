import { useRoleOptions, useTeamOptions } from '../../access/options.ts';
import { post } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { PickMany } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import { goodUserName } from '../auth/names.ts';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
}

export const NewAccount = (props: Props) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title="New service account"
    description="You create its API key on the next page."
  >
    <Body {...props} />
  </Dialog>
);

const Body = ({ onClose, onMade }: Props) => {
  const roles = useRoleOptions();
  const teams = useTeamOptions();
  const create = useChange((body: object) => post<User>('/service_accounts', body), {
    quiet: true,
    done: (account) => `Service account ${account.name} is there`,
    then: (account) => {
      onClose();
      onMade(account.name);
    },
  });
  const form = useForm({
    initial: { name: '', description: '', roles: [] as Option[], teams: [] as Option[] },
    check: ({ name }) => ({ ...(goodUserName(name) && { name: goodUserName(name) ?? '' }) }),
    submit: ({ name, description, ...more }) =>
      create.mutateAsync({
        name: name.trim(),
        description: description.trim(),
        active: true,
        roles: more.roles.map((one) => one.value),
        ...(more.teams.length && { teams: more.teams.map((one) => one.value) }),
      }),
  });
  return (
    <DialogForm form={form} action="Create" onCancel={onClose}>
      <TextField
        label="Name"
        placeholder="e.g. ci-training"
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
      />
      <TextField label="Description" optional {...form.text('description')} />
      <PickMany
        label="Roles"
        hint={
          form.values.roles.length
            ? 'They hold everywhere; roles in one project are given on its page.'
            : 'Without any role it can log in but do nothing. Most machines need developer.'
        }
        options={roles}
        value={form.values.roles}
        onChange={(next) => form.set('roles', next)}
        placeholder="Choose roles"
      />
      <PickMany
        label="Teams"
        optional
        options={teams}
        value={form.values.teams}
        onChange={(next) => form.set('teams', next)}
        placeholder="Choose teams"
        empty="No team yet."
      />
    </DialogForm>
  );
};
