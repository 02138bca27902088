type Value = string | number | boolean | undefined;
export type Query = Readonly<Record<string, Value | readonly Value[]>>;

/** Query parameters as they stand in an address, with the question mark; absent values are left out, lists repeat the name. */
export const toQuery = (query: Query = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? (value as readonly Value[]) : [value as Value])
      if (one !== undefined) search.append(name, String(one));
  const text = search.toString();
  return text && `?${text}`;
};

/** A path with its parts escaped: path`/users/${name}/reset`. */
export const path = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  parts.reduce((text, part, i) => text + encodeURIComponent(values[i - 1] ?? '') + part);
