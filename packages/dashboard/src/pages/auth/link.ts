/** The secret of a link leaves the address bar before anything else runs: no history entry, no referrer, no screenshot keeps it. */
const secretPages = new Set(['/setup', '/signup', '/activate-user']);
let secret: string | null = null;

export const takeLink = (): void => {
  if (!secretPages.has(location.pathname)) return;
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  const token = fragment.get('token') ?? query.get('token');
  if (!token) return;
  secret = token;
  history.replaceState(history.state, '', location.pathname);
};

export const linkSecret = (): string | null => secret;

// Pasting another link into an open page changes only the fragment, so nothing would be loaded anew.
addEventListener('hashchange', () => {
  if (!location.hash.includes('token=')) return;
  location.reload();
});
