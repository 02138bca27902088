import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useRead } from '../../resource/query.ts';
import { Avatar, Badge, SkeletonLines } from '../../ui/bits.tsx';
import { cx } from '../../ui/cx.ts';
import { Problem } from '../../ui/notice.tsx';
import { PickOne } from '../../ui/picker.tsx';
import type { Option } from '../../ui/select.tsx';
import { usePeopleOptions } from '../options.ts';
import { addressOf, levelWords, type Access, type Reason, type Sharing } from './data.ts';

const chip = (reason: Reason): string => {
  if (reason.kind === 'owner') return 'Owner';
  if (reason.team) return `via team ${reason.team.name}`;
  if (reason.kind === 'direct') return reason.text.includes('∈ everyone') ? 'Everyone' : 'Direct';
  if (reason.role)
    return `via role ${reason.role.name}${reason.scope?.startsWith('project') ? ` in ${reason.scope.slice(8)}` : ''}`;
  return reason.text;
};

const Person = ({ access }: { readonly access: Access }) => (
  <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
    <Avatar name={access.principal.name} />
    <span className="flex min-w-0 grow basis-40 flex-wrap items-center gap-x-2 gap-y-1">
      <span className="truncate text-sm font-medium">{access.principal.name}</span>
      {access.reasons.map((reason) => (
        <Badge key={reason.text} title={reason.text}>
          {chip(reason)}
        </Badge>
      ))}
    </span>
    <span className="text-sm text-soft">{levelWords[access.level]}</span>
  </li>
);

/** Whether one person can come to it, and why or why not. */
const CheckPerson = ({ sharing, people }: { readonly sharing: Sharing; readonly people: readonly Access[] }) => {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Option | null>(null);
  const options = usePeopleOptions(text);
  const known = people.find((one) => one.principal.name === chosen?.value);
  const asked = useRead<{ readonly missing: string | null }>(
    '/access/explain',
    { principal: chosen?.value, action: 'read', type: sharing.type, id: sharing.id },
    chosen !== null && !known,
  );
  return (
    <div className="mt-3 grid gap-1.5">
      <PickOne
        label="Check a person"
        options={options}
        value={chosen}
        onChange={setChosen}
        onSearch={setText}
        placeholder="Type a name"
      />
      <p className="text-sm text-soft" role="status">
        {chosen &&
          known &&
          `${chosen.label}: ${levelWords[known.level].toLowerCase()}. ${known.reasons.map((reason) => reason.text).join('; ')}.`}
        {chosen && !known && asked.data && `${chosen.label} cannot see it. ${asked.data.missing ?? ''}`}
      </p>
    </div>
  );
};

/** Everybody who can come to it and why, when it is asked for: the server looks at each account. */
export const People = ({ sharing }: { readonly sharing: Sharing }) => {
  const [open, setOpen] = useState(false);
  const found = useRead<{ readonly people: readonly Access[]; readonly more: boolean }>(
    `${addressOf(sharing)}/people`,
    {},
    open,
  );
  return (
    <section>
      <button
        type="button"
        aria-expanded={open}
        aria-controls="who-has-access"
        onClick={() => setOpen(!open)}
        className="-mx-1 flex min-h-7 items-center gap-1 rounded px-1 text-sm font-medium hover:bg-hover"
      >
        <ChevronDown className={cx('size-4 text-faint transition-transform', !open && '-rotate-90')} aria-hidden />
        Who has access, and why
      </button>
      <div id="who-has-access" hidden={!open}>
        {open && (
          <>
            <Problem error={found.error} />
            {!found.data && !found.error && <SkeletonLines lines={3} />}
            {found.data && (
              <ul className="mt-1 max-h-64 overflow-y-auto" tabIndex={0} aria-label="Everybody who has access">
                {found.data.people.map((access) => (
                  <Person key={access.principal.id} access={access} />
                ))}
              </ul>
            )}
            {found.data?.more && <p className="text-xs text-faint">Only the first 500 accounts were looked at.</p>}
            {found.data && <CheckPerson sharing={sharing} people={found.data.people} />}
          </>
        )}
      </div>
    </section>
  );
};
