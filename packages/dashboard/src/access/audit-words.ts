import type { AuditEvent } from '../resource/types.ts';

const past: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  delete: 'removed',
  remove: 'removed',
  read: 'read',
  login: 'logged in',
  logout: 'logged out',
};

/** `user.create` or `create` on a user → `created user ada`. */
export const auditSentence = ({ action, target_type, target_name }: AuditEvent['body']): string => {
  const verb = action.split(/[.:]/).at(-1) ?? action;
  const thing = [target_type?.replaceAll('_', ' '), target_name].filter(Boolean).join(' ');
  return `${past[verb] ?? verb.replaceAll('_', ' ')} ${thing}`.trim();
};
