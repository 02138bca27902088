import { Clock, Folder, Users } from 'lucide-react';
import type { Held } from '../resource/types.ts';
import { Badge } from '../ui/bits.tsx';
import { exact } from '../ui/time.tsx';
import { heldText, shownName } from './words.ts';

/** A role together with where it holds and through what; the words of the chip are also its title. */
const RoleChip = ({ held }: { readonly held: Held }) => {
  const title = heldText(held) + (held.expires ? `, until ${exact(held.expires)}` : '');
  return (
    <Badge tone={held.role.name === 'admin' && held.scope.type === 'server' ? 'accent' : 'plain'} title={title}>
      {shownName(held.role.name)}
      {held.scope.type !== 'server' && (
        <span className="inline-flex items-center gap-0.5 font-normal">
          <Folder className="size-3" aria-hidden />
          <span className="sr-only">on </span>
          {shownName(held.scope.name)}
        </span>
      )}
      {held.via && (
        <span className="inline-flex items-center gap-0.5 font-normal">
          <Users className="size-3" aria-hidden />
          <span className="sr-only">via team </span>
          {shownName(held.via.name)}
        </span>
      )}
      {held.expires && <Clock className="size-3" aria-label="expires" />}
    </Badge>
  );
};

export const RoleChips = ({
  roles,
  most = 3,
}: {
  readonly roles: readonly Held[] | undefined;
  readonly most?: number;
}) => {
  if (!roles?.length) return <span className="text-faint">no role</span>;
  const rest = roles.slice(most);
  return (
    <span className="flex flex-wrap gap-1">
      {roles.slice(0, most).map((held) => (
        <RoleChip key={`${held.assignment_id}${held.via?.id ?? ''}`} held={held} />
      ))}
      {rest.length > 0 && <Badge title={rest.map(heldText).join('\n')}>+{rest.length}</Badge>}
    </span>
  );
};
