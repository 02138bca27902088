import { useState } from 'react';
import { fineOnes } from '../../access/macros.ts';
import { useAccountOptions, usePeopleOptions, useProjectOptions } from '../../access/options.ts';
import type { Search } from '../../resource/list-state.ts';
import { useRead } from '../../resource/query.ts';
import type { Permission } from '../../resource/types.ts';
import { PickOne } from '../../ui/picker.tsx';
import { SelectField } from '../../ui/select.tsx';
import { ThingPicker } from './thing-picker.tsx';

interface Props {
  readonly search: Search;
  readonly set: (patch: Search) => void;
  readonly withPerson?: boolean;
}

const words = (text: string): string => text.replaceAll('_', ' ');

/** The question stands in the address: an answer can be sent to whoever asked. */
export const AccessForm = ({ search, set, withPerson }: Props) => {
  const { data: all = [] } = useRead<Permission[]>('/permissions');
  const [text, setText] = useState('');
  const people = [
    ...usePeopleOptions(text === search.principal ? '' : text, withPerson),
    ...useAccountOptions(withPerson),
  ];
  const projects = useProjectOptions();
  const fine = fineOnes(all);
  const types = [...new Set(fine.map((one) => one.type))].sort();
  const actions = fine.filter((one) => one.type === search.type).map((one) => one.action);
  return (
    <div className="grid gap-4">
      {withPerson && (
        <PickOne
          label="Person or service account"
          placeholder="Name"
          options={people}
          value={search.principal ? { value: search.principal, label: search.principal } : null}
          onChange={(option) => set({ principal: option?.value })}
          onSearch={setText}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Kind of thing"
          options={types.map((value) => ({ value, label: words(value) }))}
          value={search.type ?? ''}
          onChange={(type) =>
            set({
              type,
              id: undefined,
              ...(!fine.some((one) => one.type === type && one.action === search.action) && { action: undefined }),
            })
          }
        />
        <SelectField
          label="Action"
          options={actions.map((value) => ({ value, label: words(value) }))}
          value={search.action ?? ''}
          disabled={!search.type}
          placeholder={search.type ? 'Choose…' : 'Choose a kind first'}
          onChange={(action) => set({ action })}
        />
      </div>
      {search.type && search.action !== 'create' && (
        <ThingPicker key={search.type} type={search.type} value={search.id} onChange={(id) => set({ id })} />
      )}
      {!search.id && (
        <SelectField
          label="In project"
          optional
          hint="Roles can hold in one project only."
          options={[{ value: '*', label: 'Everywhere' }, ...projects]}
          value={search.project ?? '*'}
          onChange={(project) => set({ project: project === '*' ? undefined : project })}
        />
      )}
    </div>
  );
};
