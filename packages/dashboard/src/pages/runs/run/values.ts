const figure = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

/** A value of metadata or of a parameter as text: numbers shortened to what can be compared, documents as they are. */
export const valueText = (value: unknown): string => {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : figure.format(value);
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
