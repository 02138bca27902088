import { useRead } from '../../resource/query.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Failure } from '../../ui/notice.tsx';
import { byType } from '../../access/group.ts';

interface What {
  readonly server: readonly string[];
  readonly projects: readonly { id: string; name: string; permissions: readonly string[] }[];
  readonly resources: readonly { type: string; id: string; name: string; permissions: readonly string[] }[];
}

const Permissions = ({ of }: { readonly of: readonly string[] }) => (
  <dl className="grid gap-x-3 gap-y-0.5 text-sm sm:grid-cols-[10rem_1fr]">
    {byType(of).map(([type, actions]) => (
      <div key={type} className="contents">
        <dt className="text-soft max-sm:mt-1.5">{type.replaceAll('_', ' ')}</dt>
        <dd className="text-faint">{actions.map((action) => action.replaceAll('_', ' ')).join(', ')}</dd>
      </div>
    ))}
  </dl>
);

const Part = ({ title, permissions }: { readonly title: string; readonly permissions: readonly string[] }) => (
  <details className="rounded-lg border border-line" open={permissions.length > 0 && permissions.length < 60}>
    <summary className="flex h-10 items-center justify-between gap-2 rounded-lg px-3 text-sm font-medium">
      {title}
      <span className="text-xs font-normal text-faint nums">{permissions.length} permissions</span>
    </summary>
    <div className="border-t px-3 py-2.5">
      {permissions.length ? <Permissions of={permissions} /> : <p className="text-sm text-soft">Nothing.</p>}
    </div>
  </details>
);

/** Everything that somebody may do, by where; computed by the server from the same rules that decide. */
export const EffectiveAccess = ({ principal }: { readonly principal: string }) => {
  const what = useRead<What>('/access/what', { principal });
  if (what.error) return <Failure error={what.error} retry={() => void what.refetch()} />;
  if (!what.data) return <SkeletonLines lines={6} />;
  return (
    <div className="grid gap-2">
      <Part title="Everywhere" permissions={what.data.server} />
      {what.data.projects.map((project) => (
        <Part key={project.id} title={`In project ${project.name}`} permissions={project.permissions} />
      ))}
      {what.data.resources.map((thing) => (
        <Part
          key={thing.id}
          title={`On ${thing.type.replaceAll('_', ' ')} ${thing.name}`}
          permissions={thing.permissions}
        />
      ))}
    </div>
  );
};
