import type { AuditEvent } from '../resource/types.ts';

const past: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  remove: 'removed',
  delete: 'removed',
  login: 'logged in',
  logout: 'logged out',
  setup: 'set up the server as',
  accept: 'used the link of',
  reset: 'made a reset link for',
  renew: 'renewed the link of',
  revoke: 'revoked',
  deactivate: 'deactivated',
  reactivate: 'reactivated',
  create_token: 'made a token:',
  create_key: 'made an API key of',
  rotate: 'rotated',
  verify: 'approved',
  verify_device: 'approved',
  device_authorization: 'asked for a log-in of',
  api_token: 'asked for a token of',
  create_batch: 'created together:',
  log_metadata: 'logged metadata of',
};

/** What was tried, when it was refused: `may not` goes with the plain verb. */
const present = (action: string): string => action.replaceAll('_', ' ');

export const auditSentence = ({ action, target_type, target_name, outcome, changes }: AuditEvent['body']): string => {
  const verb = action.split(/[.:]/).at(-1) ?? action;
  if (verb === 'login' || verb === 'logout')
    return outcome === 'denied' ? 'was refused at log-in' : (past[verb] ?? verb);
  const thing = [target_type?.replaceAll('_', ' '), target_name].filter(Boolean).join(' ');
  if (outcome === 'denied') return `tried to ${present(verb)} ${thing}`.trim();
  if (verb === 'create' && changes?.invited) return `invited ${target_name ?? ''}`.trim();
  return `${past[verb] ?? present(verb)} ${thing}`.trim();
};
