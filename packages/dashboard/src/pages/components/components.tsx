import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { useGate } from '../../access/me.ts';
import { get, seg } from '../../api.ts';
import { useListState } from '../../resource/list-state.ts';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import { Empty, SkeletonLines } from '../../ui/bits.tsx';
import { Command } from '../../ui/copy.tsx';
import { PageBody } from '../../ui/page.tsx';
import { changedColumn, ownerNameColumn, visibilityColumn } from '../things/columns.tsx';
import { GatedLink } from './gated-link.tsx';
import { FlavorMark, TypeIcon } from './marks.tsx';
import { TypeNav } from './type-nav.tsx';
import type { Component } from './types.ts';
import { aOf, asCommand, inText, manyOf, typeWords } from './words.ts';

const columns: Column<Component>[] = [
  {
    id: 'name',
    head: 'Name',
    sort: 'name',
    cell: (one) => (
      <Link
        to={`/components/${one.body?.type}/${one.id}`}
        className="flex items-center gap-3 rounded font-medium hover:underline"
      >
        <FlavorMark name={one.body?.flavor_name ?? ''} />
        {one.name}
      </Link>
    ),
  },
  { id: 'flavor', head: 'Flavor', from: 'sm', className: 'text-soft', cell: (one) => one.body?.flavor_name },
  visibilityColumn({ from: 'md' }),
  ownerNameColumn('the server', { from: 'lg' }),
  changedColumn({ from: 'sm' }),
];

const Register = ({ type }: { readonly type: string }) => (
  <GatedLink blocked={useGate()('stack_component:create')} to="/flavors" search={{ type }} look="primary">
    <Plus aria-hidden />
    Register {aOf(type)}
  </GatedLink>
);

/** Clients also print the address of a component without its type. */
const ById = ({ id }: { readonly id: string }) => {
  const navigate = useNavigate();
  useEffect(() => {
    get<Component>(`/components/${seg(id)}`)
      .then(({ body }) => navigate({ to: `/components/${body?.type}/${seg(id)}`, replace: true }))
      .catch(() => navigate({ to: '/components/orchestrator', replace: true }));
  }, [id, navigate]);
  return (
    <PageBody title="Components">
      <SkeletonLines lines={6} />
    </PageBody>
  );
};

export const ComponentsPage = () => {
  const { type = '' } = useParams({ strict: false }) as { type?: string };
  return typeWords[type] ? <OfType key={type} type={type} /> : <ById id={type} />;
};

const OfType = ({ type }: { readonly type: string }) => {
  const { search, set } = useListState();
  return (
    <PageBody
      title={manyOf(type)}
      intro={`${typeWords[type]?.text} Components are the parts that stacks are put together from.`}
      actions={<Register type={type} />}
    >
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-[12.5rem_minmax(0,1fr)]">
        <TypeNav label="Types of components" to={(one) => `/components/${one}`} />
        <div className="min-w-0">
          <ListView<Component>
            things={inText(manyOf(type)).toLowerCase()}
            thing={inText(type)}
            label={manyOf(type)}
            path="/components"
            query={{ type, flavor: search.flavor }}
            sort="asc:name"
            columns={columns}
            icon={<TypeIcon type={type} />}
            filters={
              search.flavor && (
                <button
                  type="button"
                  onClick={() => set({ flavor: undefined })}
                  className="h-8 rounded-md border border-accent-text bg-accent-wash px-2.5 text-sm"
                >
                  Flavor {search.flavor} · show all
                </button>
              )
            }
            filtered={Boolean(search.flavor)}
            empty={
              <Empty
                icon={<TypeIcon type={type} />}
                title={`No ${inText(type)} that you can see`}
                action={<Register type={type} />}
              >
                <p>Choose a flavor and fill in its settings here, or use the client:</p>
                <div className="mt-3 text-left">
                  <Command text={`zenml ${asCommand(type)} register NAME --flavor=FLAVOR`} />
                </div>
              </Empty>
            }
          />
        </div>
      </div>
    </PageBody>
  );
};
