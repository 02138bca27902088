import { Lock, UsersRound } from 'lucide-react';
import { ChoiceCards } from '../../ui/choice.tsx';

/** Whether others see it, as a few words. */
export const Visibility = ({ hidden }: { readonly hidden: boolean | undefined }) =>
  hidden ? (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Lock className="size-3.5 text-faint" aria-hidden />
      Private
    </span>
  ) : (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <UsersRound className="size-3.5 text-faint" aria-hidden />
      Shared
    </span>
  );

interface Props {
  readonly value: boolean;
  readonly onChange: (hidden: boolean) => void;
  /** With its article. */
  readonly what: string;
  readonly blocked?: string | null;
}

export const VisibilityChoice = ({ value, onChange, what, blocked = null }: Props) => (
  <ChoiceCards
    legend="Who sees it"
    columns
    choices={[
      { value: 'shared', label: 'Shared', text: `Everybody whose role lets them read ${what}.`, blocked },
      {
        value: 'private',
        label: 'Private',
        text: 'You, and the people you share it with. Administrators too see nothing.',
        blocked,
      },
    ]}
    value={value ? 'private' : 'shared'}
    onChange={(next) => onChange(next === 'private')}
  />
);
