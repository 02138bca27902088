import { toFile, writing } from '@zendo/client/stack-file';
import { get, type Page } from '../../api.ts';
import type { Info } from '../../resource/types.ts';
import type { Component, Stack } from '../components/types.ts';
import { componentsOf } from './parts.ts';

/** Hands the browser a file with the stack in it, as `zenml stack export` would write it. Answers how many parts were left out. */
export const exportStack = async (stack: Stack): Promise<number> => {
  const parts = componentsOf(stack);
  const seen = parts.flatMap(([type, { id, body }]) => (body ? [[type, id] as const] : []));
  const [{ stringify }, info, found] = await Promise.all([
    import('yaml'),
    get<Info>('/info'),
    get<Page<Component>>('/components', {
      id: `oneof:${JSON.stringify(seen.map(([, id]) => id))}`,
      hydrate: true,
      size: 200,
    }),
  ]);
  const text = stringify(toFile(stack.name, seen, found.items, info.version), writing);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = `${stack.name}.yaml`;
  link.click();
  URL.revokeObjectURL(link.href);
  return parts.length - found.items.length;
};
