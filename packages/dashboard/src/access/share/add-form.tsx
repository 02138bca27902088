import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { get, messageOf, post, type Query } from '../../api.ts';
import { read, useChange } from '../../resource/query.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PickMany } from '../../ui/picker.tsx';
import { SelectField, type Option } from '../../ui/select.tsx';
import { expiresAt, expiryOptions } from '../expiry.ts';
import { useAccountOptions, usePeopleOptions, useTeamOptions } from '../options.ts';
import { addressOf, levelOptions, whomOf, type Hidden, type Level, type Sharing } from './data.ts';

/** Whom one may choose: people and machines, teams, everybody. */
const useWhom = (sharing: Sharing, text: string): Option[] => {
  const taken = new Set([sharing.owner?.name, ...sharing.shares.map((share) => share.principal.name)]);
  const free = (option: Option): boolean => !taken.has(option.label);
  const people = [...usePeopleOptions(text), ...useAccountOptions()].filter(free);
  const teams = useTeamOptions().filter(free);
  const everyone = sharing.shares.some((share) => share.principal.kind === 'everyone')
    ? []
    : [
        {
          value: 'everyone',
          label: 'Everyone',
          text: sharing.everyone.scope === 'project' ? `in project ${sharing.project?.name ?? ''}` : 'on this server',
        },
      ];
  return [
    ...people.map((option) => ({ ...option, value: `user:${option.value}` })),
    ...teams.map((option) => ({ ...option, value: `team:${option.value}`, text: `team · ${option.text ?? ''}` })),
    ...everyone,
  ];
};

const hiddenFrom = (sharing: Sharing, option: Option, level: Level) =>
  [`${addressOf(sharing)}/hidden`, { ...whomOf(option.value), level } as Query] as const;

/** What the chosen ones would not see of what the thing needs. */
const useHidden = (sharing: Sharing, chosen: readonly Option[], level: Level): readonly Hidden[] => {
  const asked = useQueries({
    queries: chosen.map((option) => ({
      ...read<readonly Hidden[]>(...hiddenFrom(sharing, option, level)),
      placeholderData: keepPreviousData<readonly Hidden[]>,
    })),
  });
  return [...new Map(asked.flatMap((one) => one.data ?? []).map((part) => [part.id, part])).values()];
};

const HiddenNotice = ({
  hidden,
  along,
  onAlong,
}: {
  readonly hidden: readonly Hidden[];
  readonly along: boolean;
  readonly onAlong: (on: boolean) => void;
}) => {
  const sharable = hidden.filter((part) => part.may_share);
  return (
    <Notice kind="warn" title="Some of what it needs stays hidden from them" role="status">
      <ul className="my-1.5 list-disc pl-4">
        {hidden.map((part) => (
          <li key={part.id}>
            {part.label} {part.name ?? '(not shared with you either)'}
            {!part.may_share && part.name !== null && ', not yours to share'}
          </li>
        ))}
      </ul>
      {sharable.length > 0 && (
        <Check
          label={sharable.length === 1 ? 'Share it too' : `Share these ${sharable.length} too`}
          checked={along}
          onChange={onAlong}
        />
      )}
    </Notice>
  );
};

export const AddForm = ({ sharing }: { readonly sharing: Sharing }) => {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Option[]>([]);
  const [level, setLevel] = useState<Level>('view');
  const [expiry, setExpiry] = useState('never');
  const [along, setAlong] = useState(true);
  const options = useWhom(sharing, text);
  const hidden = useHidden(sharing, chosen, level);
  const add = useChange(
    async () => {
      const names: string[] = [];
      for (const option of chosen) {
        // Asked anew: what is on screen may be the answer for another level.
        const parts = along ? await get<readonly Hidden[]>(...hiddenFrom(sharing, option, level)) : [];
        await post(addressOf(sharing), {
          ...whomOf(option.value),
          level,
          expires: expiresAt(expiry),
          along: parts.filter((part) => part.may_share).map(({ type, id }) => ({ type, id })),
        });
        names.push(option.label);
      }
      return names;
    },
    { quiet: true, done: (names) => `Shared with ${names.join(', ')}`, then: () => setChosen([]) },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (chosen.length > 0 && !add.isPending) add.mutate(undefined);
  };
  return (
    <form className="grid grid-cols-1 gap-3" onSubmit={submit}>
      <PickMany
        label="Add people and teams"
        options={options}
        value={chosen}
        onChange={setChosen}
        onSearch={setText}
        placeholder="Type a name"
        empty="Nobody of this name"
      />
      {chosen.length > 0 && (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <SelectField
              label="They"
              options={levelOptions(sharing.may.levels)}
              value={level}
              onChange={(next) => setLevel(next as Level)}
            />
            <SelectField label="Ends" options={expiryOptions} value={expiry} onChange={setExpiry} />
          </div>
          {hidden.length > 0 && <HiddenNotice hidden={hidden} along={along} onAlong={setAlong} />}
          {add.error && (
            <Notice kind="bad" role="alert">
              {messageOf(add.error)}
            </Notice>
          )}
          <div>
            <Button type="submit" look="primary" busy={add.isPending}>
              Share
            </Button>
          </div>
        </>
      )}
    </form>
  );
};
