/** null when the name will do. The server has the last word; this spares a round trip for the common slips. */
export const goodUserName = (name: string): string | null => {
  const text = name.trim();
  if (!text) return 'A user name is needed.';
  if (/\s/.test(text)) return 'A user name has no spaces.';
  if ([...text].length > 50) return 'Use at most 50 characters.';
  return null;
};

/** Only paths of this dashboard: a link from elsewhere must not send people away right after they typed a password. */
export const safeNext = (next: string | undefined): string =>
  next && next.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/';
