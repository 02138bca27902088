import { useAccountOptions, usePeopleOptions } from '../../access/options.ts';
import { post } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { Team } from '../../resource/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { PickMany } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
}

export const NewTeam = (props: Props) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title="New team"
    description="Roles are given on the team’s page afterwards."
  >
    <Body {...props} />
  </Dialog>
);

const Body = ({ onClose, onMade }: Props) => {
  const people = [...usePeopleOptions(), ...useAccountOptions()];
  const create = useChange((body: object) => post<Team>('/teams', body), {
    quiet: true,
    done: (team) => `Team ${team.name} is there`,
    then: (team) => {
      onClose();
      onMade(team.name);
    },
  });
  const form = useForm({
    initial: { name: '', description: '', members: [] as Option[] },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'A name is needed.' }) }),
    submit: ({ name, description, members }) =>
      create.mutateAsync({
        name: name.trim(),
        description: description.trim(),
        ...(members.length && { members: members.map((one) => one.value) }),
      }),
  });
  return (
    <DialogForm form={form} action="Create team" onCancel={onClose}>
      <TextField label="Name" placeholder="e.g. vision" data-first autoComplete="off" {...form.text('name')} />
      <TextField label="Description" optional {...form.text('description')} />
      <PickMany
        label="Members"
        optional
        options={people}
        value={form.values.members}
        onChange={(next) => form.set('members', next)}
        placeholder="People and service accounts"
      />
    </DialogForm>
  );
};
