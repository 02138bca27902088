import { post, put } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { Check } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { aboutFields, type AboutField, type Model } from './types.ts';

interface Props {
  /** The one to edit; absent where one is made. */
  readonly model?: Model;
  readonly project: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: (model: Model) => void;
}

export const ModelDialog = (props: Props) => (
  <Dialog
    wide
    open={props.open}
    onClose={props.onClose}
    title={props.model ? `Edit ${props.model.name}` : 'New model'}
    description={
      props.model ? undefined : 'Only the name is needed. Pipelines that name this model add versions to it.'
    }
  >
    <Body {...props} />
  </Dialog>
);

type Values = Record<AboutField, string> & { name: string; private: boolean };

const Body = ({ model, project, onClose, onDone }: Props) => {
  const save = useChange(
    (body: object) => (model ? put<Model>(`/models/${model.id}`, body) : post<Model>('/models', { ...body, project })),
    {
      quiet: true,
      done: model ? 'Saved' : 'Model created',
      then: (saved) => {
        onClose();
        onDone(saved);
      },
    },
  );
  const form = useForm<Values>({
    initial: {
      name: model?.name ?? '',
      private: false,
      ...(Object.fromEntries(aboutFields.map(([key]) => [key, model?.metadata?.[key] ?? ''])) as Record<
        AboutField,
        string
      >),
    },
    check: ({ name }) => ({ ...(!name.trim() && { name: 'Give it a name.' }) }),
    submit: ({ name, private: hidden, ...about }) =>
      save.mutateAsync({ name: name.trim(), ...about, ...(!model && { private: hidden }) }),
  });
  return (
    <DialogForm form={form} action={model ? 'Save' : 'Create model'} onCancel={onClose}>
      <TextField
        label="Name"
        placeholder="e.g. fraud-classifier"
        hint={
          model
            ? 'Pipelines that name it by its old name will make a new model.'
            : 'Pipelines refer to it: Model(name="…").'
        }
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
      />
      <AreaField label="Description" optional {...form.text('description')} />
      {!model && (
        <Check
          label="Private"
          text="Only you, and those whom you share it with, see the model and its versions."
          checked={form.values.private}
          onChange={(on) => form.set('private', on)}
        />
      )}
      <details className="group">
        <summary className="h-8 rounded py-1 text-sm text-soft hover:text-ink">
          License, audience, limits and more
        </summary>
        <div className="mt-2 grid gap-4 sm:grid-cols-2">
          {aboutFields
            .filter(([key]) => key !== 'description')
            .map(([key, label, hint]) => (
              <AreaField key={key} label={label} placeholder={hint} rows={2} {...form.text(key)} />
            ))}
        </div>
      </details>
    </DialogForm>
  );
};
