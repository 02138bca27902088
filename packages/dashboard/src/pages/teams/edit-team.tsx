import { useNavigate } from '@tanstack/react-router';
import { put, seg } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { Team } from '../../resource/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

interface Props {
  readonly team: Team;
  readonly open: boolean;
  readonly onClose: () => void;
}

export const EditTeam = (props: Props) => (
  <Dialog open={props.open} onClose={props.onClose} title={`Edit ${props.team.name}`}>
    <Body {...props} />
  </Dialog>
);

const Body = ({ team, onClose }: Props) => {
  const navigate = useNavigate();
  const save = useChange((body: object) => put<Team>(`/teams/${seg(team.id)}`, body), {
    quiet: true,
    done: 'Saved',
    then: (saved) => {
      onClose();
      if (saved.name !== team.name)
        void navigate({ to: `/people/teams/${encodeURIComponent(saved.name)}`, replace: true });
    },
  });
  const form = useForm({
    initial: { name: team.name, description: team.body.description || team.metadata?.description || '' },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'A name is needed.' }) }),
    submit: (values) => save.mutateAsync(values),
  });
  return (
    <DialogForm form={form} action="Save" onCancel={onClose}>
      <TextField label="Name" {...form.text('name')} />
      <TextField label="Description" optional {...form.text('description')} />
    </DialogForm>
  );
};
