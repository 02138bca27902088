import { Link } from '@tanstack/react-router';
import { Puzzle } from 'lucide-react';
import { useUrlState } from '../../resource/list-state.ts';
import { useList } from '../../resource/query.ts';
import { Filter, SearchBox, Toolbar } from '../../resource/toolbar.tsx';
import { Until } from '../../resource/until.tsx';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { seg } from '../../api.ts';
import { FlavorMark, TypeIcon } from '../components/marks.tsx';
import type { Flavor } from '../components/types.ts';
import { componentTypes, manyOf, typeWords } from '../components/words.ts';

/** All flavors are few enough to be read at once; then searching needs no request. */
const allFlavors = { size: 1000, sort_by: 'asc:name' };

const Card = ({ flavor }: { readonly flavor: Flavor }) => (
  <li>
    <Link
      to={`/flavors/${flavor.body.type}/${seg(flavor.name)}`}
      className="flex h-full items-center gap-3 rounded-xl border border-line bg-panel p-3 transition-colors hover:border-edge"
    >
      <FlavorMark name={flavor.body.display_name || flavor.name} />
      <span className="min-w-0 grow">
        <span className="block truncate text-sm font-medium">{flavor.body.display_name || flavor.name}</span>
        <span className="block truncate font-mono text-xs text-faint">{flavor.name}</span>
      </span>
      {flavor.body.is_custom && <Badge tone="accent">custom</Badge>}
    </Link>
  </li>
);

const matches = (flavor: Flavor, words: string): boolean =>
  `${flavor.name} ${flavor.body.display_name} ${flavor.body.integration ?? ''}`.toLowerCase().includes(words);

export const FlavorsPage = () => {
  const [search, set] = useUrlState();
  const list = useList<Flavor>('/flavors', allFlavors);
  const words = (search.q ?? '').trim().toLowerCase();
  const items = (list.data?.items ?? []).filter(
    (flavor) => (!search.type || flavor.body.type === search.type) && (!words || matches(flavor, words)),
  );
  const types = componentTypes.filter((type) => items.some((flavor) => flavor.body.type === type));
  return (
    <PageBody
      title="Flavors"
      intro="What the components of a stack can be: choose one, fill in its settings, and it can be part of your stacks."
    >
      <Toolbar>
        <SearchBox label="Search flavors" value={search.q ?? ''} onChange={(q) => set({ q })} />
        <Filter
          label="Type"
          all="All types"
          options={componentTypes.map((type) => ({ value: type, label: manyOf(type) }))}
          value={search.type}
          onChange={(type) => set({ type })}
        />
        <p className="ml-auto text-sm text-faint nums" aria-live="polite">
          {list.data && (items.length === 1 ? '1 flavor' : `${items.length} flavors`)}
        </p>
      </Toolbar>
      <Until read={list} lines={8} />
      {list.data && items.length === 0 && (
        <div className="rounded-xl border border-line bg-panel">
          <Empty icon={<Puzzle />} title="No flavor matches">
            <p>A flavor of your own comes from Python:</p>
            <div className="mt-3 text-left">
              <Command
                text={`zenml ${(search.type ?? 'orchestrator').replaceAll('_', '-')} flavor register my_module.MyFlavor`}
              />
            </div>
          </Empty>
        </div>
      )}
      <div className="grid gap-7 pt-3">
        {types.map((type) => (
          <section key={type} aria-labelledby={`type-${type}`}>
            <div className="mb-2.5">
              <h2 id={`type-${type}`} className="flex items-center gap-2 font-semibold">
                <TypeIcon type={type} className="size-4 text-faint" />
                {manyOf(type)}
              </h2>
              <p className="text-sm text-soft">{typeWords[type]?.text}</p>
            </div>
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(13.5rem,1fr))] gap-2.5">
              {items
                .filter((flavor) => flavor.body.type === type)
                .map((flavor) => (
                  <Card key={flavor.id} flavor={flavor} />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </PageBody>
  );
};
