import { HeldList } from '../../access/held-list.tsx';
import { seg } from '../../api.ts';
import { useRead } from '../../resource/query.ts';
import type { User } from '../../resource/types.ts';
import { Avatar, SkeletonLines } from '../../ui/bits.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { EffectiveAccess } from './effective-access.tsx';
import type { Doing } from './member-dialogs.tsx';
import { MemberMenu } from './member-menu.tsx';
import { PersonActivity } from './person-activity.tsx';
import { PersonSessions } from './person-sessions.tsx';
import { PersonTeams } from './person-teams.tsx';
import { StatusBadge } from './status.tsx';

interface Props {
  readonly name: string | undefined;
  readonly tab: string | undefined;
  readonly onTab: (tab: string) => void;
  readonly onClose: () => void;
  readonly act: (doing: Doing) => void;
}

const Head = ({ user, act }: { readonly user: User; readonly act: (doing: Doing) => void }) => (
  <div className="mb-5 flex items-center gap-3">
    <Avatar size="lg" name={user.body.full_name || user.name} />
    <dl className="grid min-w-0 grow grid-cols-[auto_1fr] gap-x-3 text-sm">
      <dt className="text-faint">User name</dt>
      <dd className="truncate font-medium">{user.name}</dd>
      {user.metadata?.email && (
        <>
          <dt className="text-faint">E-mail</dt>
          <dd className="truncate">{user.metadata.email}</dd>
        </>
      )}
      <dt className="text-faint">Last seen</dt>
      <dd>
        <Time at={user.body.last_seen} never="never" />
      </dd>
    </dl>
    <StatusBadge status={user.body.status} />
    <MemberMenu user={user} act={act} />
  </div>
);

export const PersonDrawer = ({ name, tab, onTab, onClose, act }: Props) => {
  const person = useRead<User>(`/users/${seg(name ?? '')}`, { hydrate: true }, Boolean(name));
  const user = person.data;
  return (
    <Drawer open={Boolean(name)} onClose={onClose} title={user?.body.full_name || name || 'Person'}>
      {!user && !person.error && <SkeletonLines lines={7} />}
      {person.error && !user && <Failure error={person.error} retry={() => void person.refetch()} />}
      {user && (
        <>
          <Head user={user} act={act} />
          <Tabs
            label={`About ${user.name}`}
            value={tab ?? 'roles'}
            onChange={onTab}
            panels={[
              {
                id: 'roles',
                label: 'Roles',
                body: () => <HeldList roles={user.resources?.roles ?? []} user={user.name} />,
              },
              { id: 'teams', label: 'Teams', body: () => <PersonTeams user={user} /> },
              { id: 'access', label: 'Effective access', body: () => <EffectiveAccess principal={user.name} /> },
              { id: 'sessions', label: 'Sessions and tokens', body: () => <PersonSessions user={user} /> },
              { id: 'activity', label: 'Activity', body: () => <PersonActivity user={user} /> },
            ]}
          />
        </>
      )}
    </Drawer>
  );
};
