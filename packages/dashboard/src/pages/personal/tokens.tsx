import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useMe } from '../../access/me.ts';
import { SessionList } from '../../access/session-list.tsx';
import { useList } from '../../resource/query.ts';
import type { Session } from '../../resource/types.ts';
import { Card, SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notice.tsx';
import { PersonalFrame } from '../settings-frame.tsx';
import { TokenDialog } from './token-dialog.tsx';

export const TokensPage = () => {
  const { data: me } = useMe();
  const tokens = useList<Session>(
    '/sessions',
    { user: me?.principal.id, kind: 'personal', size: 100, hydrate: true },
    me !== undefined,
  );
  const [making, setMaking] = useState(false);
  return (
    <PersonalFrame
      title="Tokens"
      intro="A token lets a script act as you. What you may do is decided at each request, so a token never knows more than you."
    >
      <Card
        title="Your personal tokens"
        action={
          <Button size="sm" look="primary" onClick={() => setMaking(true)}>
            <Plus aria-hidden />
            New token
          </Button>
        }
      >
        {tokens.error && <Failure error={tokens.error} retry={() => void tokens.refetch()} />}
        {!tokens.data && !tokens.error && <SkeletonLines lines={4} />}
        {tokens.data && (
          <SessionList
            sessions={tokens.data.items}
            none="No token yet. For a machine, a service account under People is the better choice."
          />
        )}
      </Card>
      <TokenDialog open={making} onClose={() => setMaking(false)} />
    </PersonalFrame>
  );
};
