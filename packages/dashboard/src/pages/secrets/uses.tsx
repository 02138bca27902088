import { Link } from '@tanstack/react-router';
import { useList } from '../../resource/query.ts';
import type { Component } from '../components/types.ts';
import { oneOf } from '../components/words.ts';

/** Components that one may see and whose configuration names the secret. */
export const useUses = (name: string | undefined) => {
  const list = useList<Component>(
    '/components',
    { hydrate: true, size: 1000, sort_by: 'asc:name' },
    name !== undefined,
  );
  const uses = list.data?.items.filter((one) =>
    Object.values(one.metadata?.configuration ?? {}).some(
      (value) => typeof value === 'string' && value.replaceAll(/\s/g, '').startsWith(`{{${name}.`),
    ),
  );
  return { ...list, uses };
};

export const UseList = ({ uses }: { readonly uses: readonly Component[] }) => (
  <ul className="grid gap-1.5 text-sm">
    {uses.map((one) => (
      <li key={one.id}>
        <Link to={`/components/${one.body?.type}/${one.id}`} className="rounded font-medium hover:underline">
          {one.name}
        </Link>{' '}
        <span className="text-faint">{oneOf(one.body?.type ?? '')}</span>
      </li>
    ))}
  </ul>
);
