/** Of what a form holds, what differs from what was there before: who may change one part only can still save it. */
export const changed = (values: object, before: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
  );

/** A map as an empty one is sent: not at all. */
export const filled = (map: object | null | undefined): object | null =>
  map && Object.keys(map).length > 0 ? map : null;
