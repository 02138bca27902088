import { useState } from 'react';
import { post } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PickOne } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import { ComponentForm, type ComponentValues } from '../components/component-form.tsx';
import { createBody } from '../components/edit.tsx';
import type { Component, Flavor } from '../components/types.ts';
import { aOf, oneOf } from '../components/words.ts';
import { useFlavor } from '../flavors/use-flavor.ts';

interface Props {
  readonly type: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: (component: Component) => void;
  /** What the stack is called so far; the component may be called the same. */
  readonly name: string;
}

/** Registers a component without leaving the stack that needs it. */
export const NewComponent = (props: Props) => (
  <Dialog open={props.open} onClose={props.onClose} title={`New ${aOf(props.type).replace(/^an? /, '')}`} wide>
    <Body {...props} />
  </Dialog>
);

const Body = ({ type, onClose, onMade, name }: Props) => {
  const flavors = useList<Flavor>('/flavors', { type, size: 200, sort_by: 'asc:name' });
  const [chosen, setChosen] = useState<Option | null>(null);
  const { flavor } = useFlavor(type, chosen?.value ?? '');
  const create = useChange(
    (values: ComponentValues) => post<Component>('/components', createBody(type, chosen?.value ?? '', values)),
    {
      quiet: true,
      done: (made) => `${oneOf(type)} ${made.name} is registered`,
      then: (made) => {
        onMade(made);
        onClose();
      },
    },
  );
  return (
    <div className="grid gap-5">
      <PickOne
        label="Flavor"
        options={(flavors.data?.items ?? []).map((one) => ({
          value: one.name,
          label: one.body.display_name || one.name,
          text: one.body.integration ?? undefined,
        }))}
        value={chosen}
        onChange={setChosen}
        placeholder="e.g. Local"
      />
      {chosen && !flavor && <SkeletonLines lines={3} />}
      {flavor && (
        <ComponentForm
          key={flavor.id}
          flavor={flavor}
          name={name}
          action="Register"
          slim
          submit={(values) => create.mutateAsync(values)}
          onCancel={onClose}
        />
      )}
    </div>
  );
};
