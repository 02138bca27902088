import { useState } from 'react';
import { usePeopleOptions } from '../../access/options.ts';
import { remove, seg } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Problem } from '../../ui/notice.tsx';
import { PickOne } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';

interface Props {
  readonly user: User | null;
  readonly onClose: () => void;
  readonly onGone: () => void;
}

type Owned = readonly { type: string; count: number }[];

const Left = ({ owned }: { readonly owned: Owned }) => (
  <ul className="list-inside list-disc">
    {owned.map(({ type, count }) => (
      <li key={type} className="nums">
        {count} {type.replaceAll('_', ' ')}
        {count === 1 ? '' : 's'}
      </li>
    ))}
  </ul>
);

export const RemovePerson = ({ user, onClose, onGone }: Props) => {
  const name = user?.name ?? '';
  const owned = useRead<Owned>(`/users/${seg(name)}/owned`, {}, user !== null);
  const [text, setText] = useState('');
  const [heir, setHeir] = useState<Option | null>(null);
  const people = usePeopleOptions(heir?.label === text ? '' : text, user !== null).filter((one) => one.value !== name);
  const drop = useChange(() => remove(`/users/${seg(name)}`, { hand_over_to: heir?.value }), {
    quiet: true,
    done: `${name} is removed`,
    then: onGone,
  });
  const things = owned.data?.filter((one) => one.count > 0) ?? [];
  return (
    <Confirm
      open={user !== null}
      onClose={onClose}
      title={`Remove ${name}?`}
      action="Remove for good"
      typed={name}
      run={() => drop.mutateAsync(undefined)}
    >
      <p>
        The account, its roles, memberships, sessions and tokens go for good. To keep the way back, deactivate it
        instead. What {name} did stays in the audit.
      </p>
      {owned.isPending && user && <SkeletonLines lines={2} />}
      <Problem error={owned.error} />
      {owned.data && things.length === 0 && <p className="text-ink">{name} owns nothing that would be left behind.</p>}
      {things.length > 0 && (
        <div className="grid gap-3 text-ink">
          <div>
            <p className="font-medium">{name} owns:</p>
            <Left owned={things} />
          </div>
          <PickOne
            label="Hand all of it over to"
            hint="The new owner may do everything with these things."
            placeholder="User name"
            options={people}
            value={heir}
            onChange={setHeir}
            onSearch={setText}
          />
        </div>
      )}
    </Confirm>
  );
};
