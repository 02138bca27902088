import { Lock } from 'lucide-react';
import { shownName } from '../../access/words.ts';
import type { Envelope } from '../../api.ts';
import { Badge } from '../../ui/bits.tsx';

/** Only its owner, and those whom he lets, see what is private; the rest needs no mark. */
export const PrivateMark = ({ on }: { readonly on: boolean | undefined }) =>
  on ? (
    <Badge tone="warn" title="Only the owner and those it is shared with can see it.">
      <Lock className="size-3" aria-hidden />
      Private
    </Badge>
  ) : null;

export const OwnerName = ({ user }: { readonly user: Envelope | null | undefined }) =>
  user ? <>{shownName(user.name || null)}</> : <span className="text-faint">the server</span>;

/** The words for a thing that one may know the id of and nothing else. */
export const Hidden = ({ what }: { readonly what: string }) => (
  <span className="text-faint">{what} that you may not see</span>
);

const steps: readonly [string, number][] = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
];
export const bytes = (size: number): string => {
  const [unit, of] = steps.find(([, one]) => size >= one) ?? ['B', 1];
  const amount = size / of;
  return `${of === 1 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${unit}`;
};

/** A name as it stands between the quotes of Python. */
export const quoted = (text: string): string => JSON.stringify(text);
