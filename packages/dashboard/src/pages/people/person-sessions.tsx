import { SessionList } from '../../access/session-list.tsx';
import { useGate, useMe } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { useList } from '../../resource/query.ts';
import type { Session, User } from '../../resource/types.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Failure, Notice } from '../../ui/notice.tsx';

export const PersonSessions = ({ user }: { readonly user: User }) => {
  const { data: me } = useMe();
  const lack = useGate()(needs.managePeople);
  const blocked = me?.principal.id === user.id ? null : lack;
  const sessions = useList<Session>('/sessions', { user: user.id, size: 100, hydrate: true }, !blocked);
  if (blocked) return <Notice>{blocked}</Notice>;
  if (sessions.error) return <Failure error={sessions.error} retry={() => void sessions.refetch()} />;
  if (!sessions.data) return <SkeletonLines />;
  return <SessionList sessions={sessions.data.items} none={`${user.name} is logged in nowhere and has no token.`} />;
};
