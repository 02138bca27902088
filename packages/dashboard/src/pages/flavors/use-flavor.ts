import { useList } from '../../resource/query.ts';
import type { Flavor } from '../components/types.ts';

/** A flavor is named by its type and its name; null where there is none that one may see. */
export const useFlavor = (type: string, name: string) => {
  const list = useList<Flavor>('/flavors', { hydrate: true, type, name: `equals:${name}`, size: 2 }, Boolean(name));
  return { ...list, flavor: list.data ? (list.data.items.find((one) => one.name === name) ?? null) : undefined };
};
