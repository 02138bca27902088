import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useList } from '../../resource/query.ts';
import { PickMany } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import type { Secret } from './types.ts';

const useNamed = (ids: readonly string[] | undefined) =>
  useList<Secret>('/secrets', { id: `oneof:${JSON.stringify(ids ?? [])}`, size: 200 }, Boolean(ids?.length));

/** Secrets whose values become environment variables of what runs: names with links. */
export const AttachedSecrets = ({ ids }: { readonly ids: readonly string[] | undefined }) => {
  const { data } = useNamed(ids);
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {(data?.items ?? []).map((secret) => (
        <li key={secret.id}>
          <Link to={`/secrets/${secret.id}`} className="rounded text-accent-text hover:underline">
            {secret.name}
          </Link>
        </li>
      ))}
    </ul>
  );
};

/** What a form knows of attached secrets: null as long as nobody has touched them. */
export type Attached = readonly Option[] | null;

interface Props {
  readonly ids: readonly string[] | undefined;
  readonly value: Attached;
  readonly onChange: (value: Attached) => void;
}

export const SecretsField = ({ ids, value, onChange }: Props) => {
  const [text, setText] = useState('');
  const all = useList<Secret>('/secrets', { size: 50, sort_by: 'asc:name', name: text && `contains:${text}` });
  const before = useNamed(ids);
  const option = (secret: Secret): Option => ({
    value: secret.id,
    label: secret.name,
    text: secret.body.private ? 'private' : undefined,
  });
  return (
    <PickMany
      label="Secrets"
      optional
      hint="Their keys and values become environment variables of the steps."
      options={(all.data?.items ?? []).map(option)}
      value={value ?? (before.data?.items ?? []).map(option)}
      onChange={onChange}
      onSearch={setText}
      placeholder="Names of secrets"
      empty="No secret that you can see is called that."
    />
  );
};

/** What an update says so that exactly the chosen ones are attached. Nothing where nobody has touched them. */
export const attachedChanges = (before: readonly string[] | undefined, after: Attached): object => {
  if (!after) return {};
  const [old, now] = [new Set(before), new Set(after.map((one) => one.value))];
  const added = [...now].filter((id) => !old.has(id));
  const removed = [...old].filter((id) => !now.has(id));
  return { ...(added.length && { add_secrets: added }), ...(removed.length && { remove_secrets: removed }) };
};
