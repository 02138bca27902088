// Knows: how secrets that we hand out are made, told apart and kept: 256 random bits, a prefix for the purpose, SHA-256 at rest.
import { createHash, randomBytes } from 'node:crypto';

/** What a token is for. One made for one purpose is never accepted for another. */
export type Purpose = 'session' | 'setup' | 'invite' | 'device' | 'key' | 'download';
const PREFIX: Readonly<Record<Purpose, string>> = { session: 'zses_', setup: 'zset_', invite: 'zinv_', device: 'zdev_', key: 'zkey_', download: 'zdow_' };

/** A new secret for this purpose, safe in a URL. */
export const newToken = (purpose: Purpose): string => PREFIX[purpose] + randomBytes(32).toString('base64url');

/** What is stored in place of a token. The purpose is part of it, so that no kind can stand in for another. */
export const hashToken = (purpose: Purpose, token: string): string => createHash('sha256').update(`${purpose}\0${token}`).digest('base64url');

/** True for text that has the form of a token for this purpose. */
export const looksLike = (purpose: Purpose, token: string): boolean => token.startsWith(PREFIX[purpose]) && token.length < 100;

/** The outer form of API keys that genuine clients know: `ZENKEY_` and base64 of `{"id": …, "key": …}`. */
export const wrapKey = (id: string, key: string): string => `ZENKEY_${Buffer.from(JSON.stringify({ id, key })).toString('base64')}`;

/** The id and secret inside an API key, or null where the text is none. */
export const unwrapKey = (text: string): { readonly id: string; readonly key: string } | null => {
  if (!text.startsWith('ZENKEY_') || text.length > 1000) return null;
  try {
    const { id, key } = JSON.parse(Buffer.from(text.slice(7), 'base64').toString('utf8')) as { id?: unknown; key?: unknown };
    return typeof id === 'string' && typeof key === 'string' ? { id, key } : null;
  } catch {
    return null;
  }
};
