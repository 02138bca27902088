interface RawJson {
  readonly rawJSON?: (text: string) => unknown;
  readonly isRawJSON?: (value: unknown) => boolean;
}

/** Whether a value is such a number as `exactJson` makes. */
export const isExact = (value: unknown): boolean => (JSON as unknown as RawJson).isRawJSON?.(value) ?? false;

/**
 * JSON whose numbers are written again as they were: `1.0` and `1` are not the same to Python, but to JavaScript they are.
 * Such a number becomes an object that only JSON.stringify understands; browsers that cannot do this get plain numbers.
 */
export const exactJson = (text: string): unknown => {
  const { rawJSON } = JSON as unknown as RawJson;
  return JSON.parse(text, (_key: string, value: unknown, at?: { source?: string }) =>
    rawJSON && typeof value === 'number' && at?.source !== undefined && at.source !== String(value)
      ? rawJSON(at.source)
      : value,
  );
};

type Documents = Readonly<Record<string, unknown>>;

/** Reads an envelope, with the named parts of its metadata as exact; the rest is plain, as it is compared and drawn. */
export const exactly =
  (...parts: readonly string[]) =>
  <T extends { readonly metadata: object | null }>(text: string): T => {
    const plain = JSON.parse(text) as T;
    if (!plain.metadata) return plain;
    const exact = (exactJson(text) as { metadata: Documents }).metadata;
    const kept = parts.filter((part) => exact[part] !== undefined).map((part) => [part, exact[part]]);
    return { ...plain, metadata: { ...plain.metadata, ...Object.fromEntries(kept) } };
  };
