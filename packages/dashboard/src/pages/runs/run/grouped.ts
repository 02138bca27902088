import type { Document } from './data.ts';

/** Values of a run and of its steps: those of a step come as `step::key`. */
export const grouped = (metadata: Document): ReadonlyMap<string, readonly (readonly [string, unknown])[]> => {
  const groups = new Map<string, [string, unknown][]>();
  for (const [name, value] of Object.entries(metadata)) {
    const at = name.indexOf('::');
    const [step, key] = at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 2)];
    groups.set(step, [...(groups.get(step) ?? []), [key, value]]);
  }
  return groups;
};
