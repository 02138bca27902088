import type { Envelope } from '../api.ts';
import { useRead } from '../resource/query.ts';
import type { Info, Named, Settings, User } from '../resource/types.ts';

export interface Me {
  readonly principal: Named & { kind: string };
  readonly local: boolean;
  /** Of `read` and `write`, those of which one holds everything everywhere. */
  readonly whole: readonly string[];
  /** What waits for an answer or to be read. */
  readonly waiting: { readonly requests: number; readonly notices: number };
  readonly server: readonly string[];
  readonly projects: readonly (Named & { permissions: readonly string[] })[];
}

/** Not even one's own account may be read by somebody who holds no role that includes `me`. */
export const seesHimself = (me: Me | undefined): boolean =>
  Boolean(me?.local || me?.server.includes('me') || me?.server.includes('user:read'));

export const useMe = () => useRead<Me>('/access/me');
/** One's own account. */
export const useCurrentUser = () => {
  const { data: me } = useMe();
  return useRead<User>('/current-user', { hydrate: true }, seesHimself(me));
};

export const useInfo = () => useRead<Info>('/info');
export const useSettings = () => useRead<Settings>('/settings', { hydrate: true });

const holds = (me: Me | undefined, permission: string, project?: string | null): boolean =>
  me === undefined ||
  me.local ||
  me.server.includes(permission) ||
  Boolean(
    project &&
    me.projects.some((one) => (one.id === project || one.name === project) && one.permissions.includes(permission)),
  );

export const lacking = (permission: string): string =>
  `You need the permission ${permission} for this. Somebody who manages people can give it to you.`;

/** null when it is allowed, else the reason to show. While rights are still loading nothing is blocked: the server decides anyway. */
export const useGate = () => {
  const { data: me } = useMe();
  return (permission: string, project?: string | null): string | null =>
    holds(me, permission, project) ? null : lacking(permission);
};

/** Whether it is allowed at all: everywhere, or in some project. */
export const useGateSomewhere = () => {
  const { data: me } = useMe();
  return (permission: string): string | null =>
    holds(me, permission) || me?.projects.some((project) => project.permissions.includes(permission))
      ? null
      : lacking(permission);
};

/** For one row: the server has said what may be done with it. */
export const rowGate = (row: Envelope, type: string, action: string): string | null =>
  row.may === undefined || row.may.includes(action) ? null : lacking(`${type}:${action}`);
