import { seg, type Envelope } from '../../api.ts';
import { useList, useRead } from '../../resource/query.ts';
import type { Named } from '../../resource/types.ts';

export type Level = 'view' | 'edit' | 'manage';
export const LEVELS: readonly Level[] = ['view', 'edit', 'manage'];
export type General = 'private' | 'shared' | Level;

export interface Reason {
  readonly kind: string;
  readonly text: string;
  readonly role: Named | null;
  readonly team: Named | null;
  readonly scope: string | null;
  readonly expires: string | null;
}
export interface Access {
  readonly principal: Named & { readonly kind: string };
  readonly level: Level;
  readonly reasons: readonly Reason[];
}
export interface Share {
  readonly id: string;
  readonly principal: { readonly kind: string; readonly id: string; readonly name: string | null };
  readonly level: Level | null;
  readonly role: string | null;
  readonly expires: string | null;
  readonly given_by: string | null;
}
export interface Hidden {
  readonly type: string;
  readonly label: string;
  readonly id: string;
  readonly name: string | null;
  readonly may_share: boolean;
}
export interface Sharing {
  readonly type: string;
  readonly label: string;
  readonly id: string;
  readonly name: string;
  readonly project: Named | null;
  readonly private: boolean;
  readonly general: General;
  readonly everyone: { readonly scope: 'project' | 'server' };
  readonly owner: { readonly id: string; readonly name: string | null } | null;
  readonly mine: { readonly level: Level; readonly reasons: readonly Reason[] } | null;
  readonly may: {
    readonly share: boolean;
    readonly transfer: boolean;
    readonly take_over: boolean;
    readonly levels: readonly Level[];
  };
  readonly shares: readonly Share[];
}
export interface Uses {
  readonly things: readonly { readonly label: string; readonly id: string; readonly name: string | null }[];
  readonly more: boolean;
}

/** A thing that can be shared: its type and what the server says of it. */
export interface Thing {
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

export const addressOf = ({ type, id }: Pick<Thing, 'type' | 'id'>): string => `/shares/${seg(type)}/${seg(id)}`;
export const useSharing = (thing: Thing) => useRead<Sharing>(addressOf(thing));

/** With whom, as the interface takes it; a choice is `user:ada`, `team:ml` or `everyone`. */
export const whomOf = (choice: string): Readonly<Record<string, string | boolean>> => {
  const at = choice.indexOf(':');
  return at < 0 ? { everyone: true } : { [choice.slice(0, at)]: choice.slice(at + 1) };
};

export const levelWords: Readonly<Record<Level, string>> = {
  view: 'Can view',
  edit: 'Can use and edit',
  manage: 'Can manage',
};
const levelTexts: Readonly<Record<Level, string>> = {
  view: 'See it',
  edit: 'Work with it and change it',
  manage: 'Also remove it and share it on',
};
export const levelOptions = (levels: readonly Level[]) =>
  levels.map((level) => ({ value: level, label: levelWords[level], text: levelTexts[level] }));

export type AccessRequest = Envelope<{
  readonly user_name: string;
  readonly mine: boolean;
  readonly target_type: string;
  readonly target_id: string;
  readonly target_name: string | null;
  readonly level: Level;
  readonly note: string | null;
  readonly state: 'pending' | 'granted' | 'declined' | 'expired';
  readonly granted_level: Level | null;
  readonly answer: string | null;
  readonly answered_by_name: string | null;
  readonly created: string;
}>;
export type NoticeRow = Envelope<{
  readonly kind: 'taken_over' | 'received';
  readonly target_type: string;
  readonly target_id: string;
  readonly target_name: string | null;
  readonly by_name: string;
  readonly reason: string | null;
  readonly created: string;
}>;

/** Requests that wait for one's answer, and notices that one has not put away. */
export const useInbox = () => {
  const requests = useList<AccessRequest>('/access_requests', {
    state: 'pending',
    mine: false,
    sort_by: 'desc:created',
    size: 50,
  });
  const notices = useList<NoticeRow>('/notices', { sort_by: 'desc:created', size: 50 });
  return { requests, notices, count: (requests.data?.total ?? 0) + (notices.data?.total ?? 0) };
};
