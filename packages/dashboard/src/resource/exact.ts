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
