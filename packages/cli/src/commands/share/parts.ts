import { path } from '@zendo/client';
import { text } from '../../core/command.ts';
import type { Context } from '../../core/context.ts';
import { ago, moment } from '../../core/duration.ts';
import { usage } from '../../core/faults.ts';
import type { Thing } from '../../core/things.ts';
import { columns } from '../../output/columns.ts';

export type Hidden = {
  readonly type: string;
  readonly label: string;
  readonly id: string;
  readonly name: string | null;
  readonly may_share: boolean;
};
export type Share = {
  readonly principal: { readonly kind: string; readonly id: string; readonly name: string | null };
  readonly level: string | null;
  readonly role: string | null;
  readonly expires: string | null;
  readonly given_by: string | null;
};
export type Sharing = {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly general: string;
  readonly owner: { readonly id: string; readonly name: string | null } | null;
  readonly project: { readonly name: string } | null;
  readonly shares: readonly Share[];
  readonly hidden?: readonly Hidden[];
};

export const LEVELS = ['view', 'use', 'edit', 'manage'];
export const level = () => text('what they may do with it (view)', { short: 'l', choices: LEVELS });
export const until = () => text('until when: a duration or a date', { value: 'when' });
export const place = () => text('the workspace in which the thing lies', { value: 'workspace' });

/** With whom, as the interface takes it, and as people read it. Errors: usage, where it is nobody. */
export const whomOf = (
  ctx: Context,
  input: { readonly user: readonly string[]; readonly team: readonly string[]; readonly workspace: boolean },
): readonly { readonly said: Record<string, unknown>; readonly words: string }[] => {
  const all = [
    ...input.user.map((user) => ({ said: { user: ctx.mention('users', user) }, words: user })),
    ...input.team.map((team) => ({ said: { team: ctx.mention('teams', team) }, words: `team ${team}` })),
    ...(input.workspace ? [{ said: { everyone: true }, words: 'everyone' }] : []),
  ];
  if (!all.length) throw usage("with whom? Missing option '--user <user>', '--team <team>' or '--workspace'");
  return all;
};

export const shareColumns = columns<Share>({
  with: (share) =>
    share.principal.kind === 'everyone'
      ? `everyone${share.principal.name ? ` in ${share.principal.name}` : ''}`
      : (share.principal.name ?? share.principal.id),
  kind: (share) => share.principal.kind,
  level: (share) => share.level ?? (share.role ? `role ${share.role}` : 'a role'),
  expires: (share) => ago(share.expires),
  given_by: (share) => share.given_by,
});

export const addressOf = (thing: Thing): string => path`/shares/${thing.type}/${thing.id}`;

export const expiry = (said: string | undefined): { readonly expires?: string } =>
  said === undefined ? {} : { expires: moment(said, '--expires') };

/** Says what stays hidden to those with whom something was shared, and how to share it along. */
export const sayHidden = (ctx: Context, hidden: readonly Hidden[] | undefined, words: string): void => {
  if (!hidden?.length) return;
  ctx.say(`Hidden from ${words}, who cannot run with it:`);
  for (const part of hidden)
    ctx.say(
      `  ${part.label} ${part.name ?? `${part.id} (you may not see it either)`}${part.may_share || part.name === null ? '' : ' (not yours to share)'}`,
    );
  if (hidden.some((part) => part.may_share)) ctx.say('Next: the same command with --along shares them too.');
};
