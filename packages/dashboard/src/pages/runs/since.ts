/** Spans of time that one can filter by, in milliseconds. */
export const spans: Readonly<Record<string, { readonly label: string; readonly span: number }>> = {
  '1h': { label: 'Last hour', span: 3_600_000 },
  '24h': { label: 'Last 24 hours', span: 86_400_000 },
  '7d': { label: 'Last 7 days', span: 604_800_000 },
  '30d': { label: 'Last 30 days', span: 2_592_000_000 },
};

/** The filter of the interface for everything since then; to the minute, so that the question stays the same for a while. */
export const since = (value: string | undefined, now = Date.now()): string | undefined => {
  const chosen = value ? spans[value] : undefined;
  if (!chosen) return undefined;
  const from = new Date(Math.floor((now - chosen.span) / 60_000) * 60_000);
  return `gte:${from.toISOString().slice(0, 19).replace('T', ' ')}`;
};
