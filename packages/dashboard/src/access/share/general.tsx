import { useState } from 'react';
import { get, isStatus, put } from '../../api.ts';
import { useChange } from '../../resource/query.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SelectField } from '../../ui/select.tsx';
import { addressOf, type General, type Level, type Sharing, type Uses } from './data.ts';
import { kindOf } from './places.ts';

const choices = (sharing: Sharing) => {
  const where =
    sharing.everyone.scope === 'project' ? `in ${sharing.project?.name ?? 'the project'}` : 'on this server';
  const open = (level: Level, label: string) =>
    sharing.may.levels.includes(level) || sharing.general === level
      ? [{ value: level, label, text: `Everyone ${where}, whatever their roles` }]
      : [];
  return [
    ...(sharing.owner
      ? [{ value: 'private', label: 'Private', text: 'The owner and those it is shared with, administrators excluded' }]
      : []),
    { value: 'shared', label: 'Shared as roles go', text: 'Everybody whose role lets them' },
    ...open('view', 'Everyone can view'),
    ...open('edit', 'Everyone can use and edit'),
    ...(sharing.general === 'manage'
      ? [{ value: 'manage', label: 'Everyone can manage', text: 'Also remove it' }]
      : []),
  ];
};

const Breaks = ({
  uses,
  kind,
  busy,
  onGo,
  onBack,
}: {
  readonly uses: Uses;
  readonly kind: string;
  readonly busy: boolean;
  readonly onGo: () => void;
  readonly onBack: () => void;
}) => (
  <Notice kind="warn" title={`Others use this ${kind}`} role="alert">
    <p>Whoever cannot see it will find it hidden there, and cannot run with it:</p>
    <ul className="my-1.5 list-disc pl-4">
      {uses.things.map((use) => (
        <li key={use.id}>
          {use.label} {use.name ?? use.id}
        </li>
      ))}
      {uses.more && <li>things that you may not see</li>}
    </ul>
    <div className="mt-2 flex flex-wrap gap-2">
      <Button size="sm" look="danger" busy={busy} onClick={onGo}>
        Make it private
      </Button>
      <Button size="sm" onClick={onBack}>
        Leave it
      </Button>
    </div>
  </Notice>
);

/** Who comes to it without being named. */
export const GeneralAccess = ({ sharing }: { readonly sharing: Sharing }) => {
  const [uses, setUses] = useState<Uses | null>(null);
  const set = useChange(
    async ({ general, confirm }: { general: General; confirm: boolean }) => {
      try {
        return await put(addressOf(sharing), { general, confirm });
      } catch (error) {
        if (!isStatus(error, 409) || confirm) throw error;
        setUses(await get<Uses>(`${addressOf(sharing)}/uses`));
        return null;
      }
    },
    { then: (out) => out && setUses(null) },
  );
  return (
    <section className="grid grid-cols-1 gap-2">
      <SelectField
        label="General access"
        options={choices(sharing)}
        value={sharing.general}
        onChange={(next) => next !== sharing.general && set.mutate({ general: next as General, confirm: false })}
      />
      {uses && (
        <Breaks
          uses={uses}
          kind={kindOf(sharing.type)}
          busy={set.isPending}
          onGo={() => set.mutate({ general: 'private', confirm: true })}
          onBack={() => setUses(null)}
        />
      )}
    </section>
  );
};
