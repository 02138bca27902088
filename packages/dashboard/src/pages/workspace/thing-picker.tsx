import { useState } from 'react';
import type { Envelope } from '../../api.ts';
import { useList } from '../../resource/query.ts';
import { TextField } from '../../ui/field.tsx';
import { PickOne } from '../../ui/picker.tsx';

const paths: Readonly<Record<string, string>> = {
  user: '/users',
  service_account: '/service_accounts',
  team: '/teams',
  role: '/roles',
  project: '/projects',
  pipeline: '/pipelines',
  run: '/runs',
  pipeline_run: '/runs',
  stack: '/stacks',
  stack_component: '/components',
  component: '/components',
  model: '/models',
  model_version: '/model_versions',
  artifact: '/artifacts',
};

interface Props {
  readonly type: string;
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** Things that can be listed are chosen by name, the others given by id. */
export const ThingPicker = ({ type, value, onChange }: Props) => {
  const path = paths[type];
  const [text, setText] = useState('');
  const list = useList<Envelope>(
    path ?? '',
    { size: 30, name: text && text !== value ? `contains:${text}` : undefined },
    path !== undefined,
  );
  const things = (list.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));
  if (!path || list.error) {
    return (
      <TextField
        label="Which one"
        optional
        hint="Name or id. Without it the question is about the whole server or project."
        value={value ?? ''}
        onChange={(next) => onChange(next || undefined)}
      />
    );
  }
  const chosen = value
    ? (things.find((one) => one.value === value || one.label === value) ?? { value, label: value })
    : null;
  return (
    <PickOne
      label="Which one"
      optional
      hint="Without it the question is about the whole server or project."
      placeholder="Name"
      options={things}
      value={chosen}
      onChange={(option) => onChange(option?.value)}
      onSearch={setText}
    />
  );
};
