import { expect, test } from 'vitest';
import type { AuditEvent, Held } from '../resource/types.ts';
import { auditSentence } from './audit-words.ts';
import { expiresAt, expiresIn, inviteLifetimes } from './expiry.ts';
import { byType } from './group.ts';
import { heldText } from './words.ts';

const held: Held = {
  assignment_id: 'a',
  role: { id: 'r', name: 'developer' },
  scope: { type: 'project', id: 'p', name: 'fraud' },
  via: { id: 't', name: 'vision' },
  expires: null,
};

test('a held role says where it holds and through what', () => {
  expect(heldText(held)).toBe('developer in project fraud, via team vision');
  expect(heldText({ ...held, via: null, scope: { type: 'server', id: null, name: null } })).toBe(
    'developer everywhere, directly',
  );
});

test('permissions are grouped by thing', () => {
  expect(byType(['stack:update', 'team:read', 'stack:read'])).toEqual([
    ['stack', ['read', 'update']],
    ['team', ['read']],
  ]);
});

test('what clients do reads as a sentence too', () => {
  const of = (action: string, target_type: string) =>
    auditSentence({ action, target_type, target_name: null, outcome: 'success' } as never as AuditEvent['body']);
  expect(of('log_metadata', 'step')).toBe('logged metadata of step');
  expect(of('create_batch', 'artifact_version')).toBe('created together: artifact version');
});

test('an audit event reads as a sentence', () => {
  const event = {
    action: 'create',
    target_type: 'user',
    target_name: 'grace',
    outcome: 'success',
    changes: { invited: true },
  };
  expect(auditSentence(event as never as AuditEvent['body'])).toBe('invited grace');
  expect(auditSentence({ ...event, changes: null } as never as AuditEvent['body'])).toBe('created user grace');
  expect(auditSentence({ ...event, outcome: 'denied' } as never as AuditEvent['body'])).toBe(
    'tried to create user grace',
  );
});

test('an expiry is a date for an assignment and seconds for a token', () => {
  expect(expiresAt('never')).toBe(null);
  expect(expiresAt('86400', 0)).toBe('1970-01-02T00:00:00.000');
  expect(expiresIn('never')).toBe(undefined);
  expect(expiresIn('86400')).toBe(86_400);
  expect(inviteLifetimes(48).map((one) => one.label)).toEqual(['1 day', '2 days', '3 days', '7 days']);
});
