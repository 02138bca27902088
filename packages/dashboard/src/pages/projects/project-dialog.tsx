import { post, put, seg } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import type { Project } from '../../resource/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';

interface Props {
  readonly open: boolean;
  readonly project?: Project;
  readonly onClose: () => void;
  readonly onDone: (name: string) => void;
}

export const ProjectDialog = (props: Props) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title={props.project ? `Edit ${props.project.name}` : 'New project'}
  >
    <Body {...props} />
  </Dialog>
);

const Body = ({ project, onClose, onDone }: Props) => {
  const save = useChange(
    (body: object) => (project ? put<Project>(`/projects/${seg(project.id)}`, body) : post<Project>('/projects', body)),
    {
      quiet: true,
      done: 'Saved',
      then: (saved) => {
        onClose();
        onDone(saved.name);
      },
    },
  );
  const form = useForm({
    initial: {
      name: project?.name ?? '',
      display_name: project?.body.display_name ?? '',
      description: project?.metadata?.description ?? '',
    },
    check: ({ name }) => ({
      ...(!/^[a-z0-9][a-z0-9_-]*$/i.test(name.trim()) && {
        name: 'Use letters, digits, - and _; begin with a letter or digit.',
      }),
    }),
    submit: ({ name, display_name, description }) =>
      save.mutateAsync({
        name: name.trim(),
        display_name: display_name.trim() || name.trim(),
        description: description.trim(),
      }),
  });
  return (
    <DialogForm form={form} action={project ? 'Save' : 'Create project'} onCancel={onClose}>
      <TextField
        label="Name"
        placeholder="e.g. fraud-detection"
        hint="Used in commands and addresses."
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
      />
      <TextField label="Display name" optional {...form.text('display_name')} />
      <AreaField label="Description" optional {...form.text('description')} />
    </DialogForm>
  );
};
