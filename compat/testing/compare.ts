// Two records of what a client saw, side by side.

const short = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text === undefined ? 'nothing' : text.length > 160 ? `${text.slice(0, 160)}…` : text;
};
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the two differ: `path: ours … theirs …`, a line each; none where they are equal. */
export const differences = (ours: unknown, theirs: unknown, path = ''): string[] => {
  if (isMap(ours) && isMap(theirs)) {
    return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap((key) =>
      differences(ours[key], theirs[key], path === '' ? key : `${path}: ${key}`),
    );
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length)
    return ours.flatMap((value, i) => differences(value, theirs[i], `${path}: ${i}`));
  return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [`${path} ours ${short(ours)} theirs ${short(theirs)}`];
};
