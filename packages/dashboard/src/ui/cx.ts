export const cx = (...parts: (string | number | bigint | false | null | undefined)[]): string =>
  parts.filter(Boolean).join(' ');
