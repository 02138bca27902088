// Words that YAML 1.1 or 1.2 would read as something else than text.
const special = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?(?:\d|\.\d|\.inf|\.nan).*|)$/i;
const safe = /^[\p{L}\p{N}_/.(@][\p{L}\p{N}_ /.()@+,=:-]*$/u;

const scalar = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  const bare = safe.test(value) && !special.test(value) && !/: |:$| $/.test(value);
  return bare ? value : JSON.stringify(value);
};

const isNested = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const lines = (value: unknown, indent: string): string => {
  if (!isNested(value))
    return `${Array.isArray(value) ? '[]' : typeof value === 'object' && value ? '{}' : scalar(value)}\n`;
  if (Array.isArray(value))
    return value
      .map((one) => `${indent}- ${isNested(one) ? lines(one, `${indent}  `).trimStart() : lines(one, '')}`)
      .join('');
  return Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(
      ([key, one]) =>
        `${indent}${scalar(key)}:${isNested(one) ? `\n${lines(one, `${indent}  `)}` : ` ${lines(one, '')}`}`,
    )
    .join('');
};

/** A JSON value as YAML, in block style. */
export const toYaml = (value: unknown): string => lines(value, '');
