import { useMe } from '../../access/me.ts';
import { SessionList } from '../../access/session-list.tsx';
import { remove, seg } from '../../api.ts';
import { useChange, useList } from '../../resource/query.ts';
import type { Session } from '../../resource/types.ts';
import { Card, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notice.tsx';
import { PersonalFrame } from '../settings-frame.tsx';

export const SessionsPage = () => {
  // Whoever manages people may see everybody's sessions; these pages are about one's own.
  const { data: me } = useMe();
  const sessions = useList<Session>(
    '/sessions',
    { user: me?.principal.id, kind: 'notequals:personal', size: 100, hydrate: true },
    me !== undefined,
  );
  const items = sessions.data
    ? [...sessions.data.items].sort((a, b) => Number(b.body.current) - Number(a.body.current))
    : [];
  const others = items.filter((one) => !one.body.current);
  const endAll = useChange(() => Promise.all(others.map((one) => remove(`/sessions/${seg(one.id)}`))), {
    done: 'The other sessions are ended',
  });
  return (
    <PersonalFrame title="Sessions" intro="Where you are logged in: browsers, command lines and approved computers.">
      <Card
        title="Your sessions"
        action={
          others.length > 1 && (
            <Button size="sm" busy={endAll.isPending} onClick={() => endAll.mutate(undefined)}>
              End all others
            </Button>
          )
        }
      >
        {sessions.error && <Failure error={sessions.error} retry={() => void sessions.refetch()} />}
        {!sessions.data && !sessions.error && <SkeletonLines lines={5} />}
        {sessions.data && <SessionList sessions={items} none="You are logged in nowhere." />}
      </Card>
    </PersonalFrame>
  );
};
