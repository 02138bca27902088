import { useState } from 'react';
import { isStatus, post, put } from '../../api.ts';
import { DialogForm } from '../../resource/dialog-form.tsx';
import { useForm } from '../../resource/form.ts';
import { useChange } from '../../resource/query.ts';
import { SchemaForm, useSchemaForm } from '../../resource/schema-form.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { SelectField } from '../../ui/select.tsx';
import { VisibilityChoice } from '../components/visibility.tsx';
import { kindOf, kinds, sourceText, type Repository, type Source } from './types.ts';

interface Props {
  readonly project: string;
  readonly repository?: Repository | null;
  readonly open: boolean;
  readonly onClose: () => void;
}

export const RepositoryDialog = (props: Props) => (
  <Dialog
    open={props.open}
    onClose={props.onClose}
    title={props.repository ? `Edit ${props.repository.name}` : 'Connect a repository'}
    description="Runs from a clean checkout of it say which commit they ran, and can be run again from there."
    wide
  >
    <Body {...props} />
  </Dialog>
);

const sourceOf = (path: string): Source => {
  const at = path.lastIndexOf('.');
  return { module: path.slice(0, at), attribute: path.slice(at + 1), type: 'user' };
};

const Body = ({ project, repository, onClose }: Props) => {
  const [kind, setKind] = useState(repository ? kindOf(repository) : 'github');
  const known = kinds[kind];
  const stored = repository?.metadata?.config ?? {};
  const config = useSchemaForm(known?.schema ?? {}, kind === 'custom' ? { config: stored } : stored);
  const save = useChange(
    (body: object) =>
      repository
        ? put<Repository>(`/code_repositories/${repository.id}`, body)
        : post<Repository>('/code_repositories', { ...body, project }),
    { quiet: true, done: (made) => (repository ? 'Saved' : `${made.name} is connected`), then: onClose },
  );
  const form = useForm({
    initial: {
      name: repository?.name ?? '',
      description: repository?.metadata?.description ?? '',
      source: repository ? sourceText(repository.body.source) : '',
      hidden: repository?.body.private ?? false,
    },
    check: ({ name, source }) => ({
      ...(!name.trim() && { name: 'A name is needed.' }),
      ...(kind === 'custom' &&
        !/^[\w.]+\.\w+$/.test(source.trim()) && {
          source: 'The path of a class is needed, such as my_module.MyRepository.',
        }),
    }),
    submit: async ({ name, description, source, hidden }) => {
      const values = config.collect();
      if (!values) return;
      await save.mutateAsync({
        name: name.trim(),
        description: description.trim(),
        source: known?.source ?? sourceOf(source.trim()),
        config: kind === 'custom' ? (values.config ?? {}) : values,
        ...(hidden !== (repository?.body.private ?? false) && { private: hidden }),
      });
    },
  });
  const taken = isStatus(form.failure, 409) ? 'There is a repository of this name already.' : undefined;
  return (
    <DialogForm form={form} action={repository ? 'Save' : 'Connect'} onCancel={onClose} told={Boolean(taken)} roomy>
      {!repository && (
        <SelectField
          label="Where it is"
          options={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))}
          value={kind}
          onChange={setKind}
        />
      )}
      <TextField
        label="Name"
        data-first
        autoComplete="off"
        spellCheck={false}
        {...form.text('name')}
        problem={form.problems.name ?? taken}
      />
      <TextField label="Description" optional {...form.text('description')} />
      {kind === 'custom' && (
        <TextField
          label="Class"
          placeholder="my_module.MyRepository"
          autoComplete="off"
          spellCheck={false}
          {...form.text('source')}
        />
      )}
      <SchemaForm key={kind} form={config} plain bare={kind === 'custom'} />
      <VisibilityChoice
        what="a code repository"
        value={form.values.hidden}
        onChange={(next) => form.set('hidden', next)}
      />
    </DialogForm>
  );
};
