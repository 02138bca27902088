import { Ellipsis, KeyRound, Link2, Power, PowerOff, Trash2, UserRound } from 'lucide-react';
import { lacking, rowGate, useGate, useMe } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import type { User } from '../../resource/types.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { Doing } from './member-dialogs.tsx';

interface Props {
  readonly user: User;
  readonly open?: (user: User) => void;
  readonly act: (doing: Doing) => void;
}

export const MemberMenu = ({ user, open, act }: Props) => {
  const gate = useGate();
  const { data: me } = useMe();
  const self = me?.principal.id === user.id;
  const manage = gate(needs.managePeople) && (user.may?.includes('manage') ? null : lacking(needs.managePeople));
  const pending = user.body.status === 'pending';
  return (
    <Menu
      label={`Actions for ${user.name}`}
      trigger={
        <IconButton label={`Actions for ${user.name}`} tip={false}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
      entries={[
        open && { label: 'Open', icon: <UserRound aria-hidden />, onSelect: () => open(user) },
        open && {
          label: 'Change roles',
          icon: <KeyRound aria-hidden />,
          blocked: gate(needs.assign),
          onSelect: () => open(user),
        },
        pending
          ? {
              label: 'New invitation link',
              icon: <Link2 aria-hidden />,
              blocked: manage,
              onSelect: () => act({ what: 'renew', user }),
            }
          : {
              label: 'Reset link',
              icon: <Link2 aria-hidden />,
              blocked: manage,
              onSelect: () => act({ what: 'reset', user }),
            },
        'line',
        user.body.status === 'inactive'
          ? {
              label: 'Reactivate',
              icon: <Power aria-hidden />,
              blocked: manage,
              onSelect: () => act({ what: 'reactivate', user }),
            }
          : !pending && {
              label: 'Deactivate',
              icon: <PowerOff aria-hidden />,
              blocked: self ? 'You cannot deactivate yourself.' : manage,
              onSelect: () => act({ what: 'deactivate', user }),
            },
        {
          label: 'Remove',
          icon: <Trash2 aria-hidden />,
          danger: true,
          blocked: self ? 'You cannot remove yourself.' : rowGate(user, 'user', 'delete'),
          onSelect: () => act({ what: 'remove', user }),
        },
      ]}
    />
  );
};
