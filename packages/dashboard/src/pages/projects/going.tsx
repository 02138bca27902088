import { seg } from '../../api.ts';
import { useRead } from '../../resource/query.ts';
import { useHinder } from '../../ui/confirm.tsx';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Problem } from '../../ui/notice.tsx';

interface Removal {
  readonly goes: readonly { readonly type: string; readonly label: string; readonly count: number }[];
  readonly hindered: string | null;
}

/** What goes with a project that is deleted, as far as one may see it, and what stands in the way. */
export const Going = ({ project }: { readonly project: string }) => {
  const { data, error } = useRead<Removal>(`/projects/${seg(project)}/removal`);
  useHinder(typeof data?.hindered === 'string');
  if (error) return <Problem error={error} />;
  if (!data) return <SkeletonLines lines={4} />;
  if (data.hindered !== null) return <p role="alert">{data.hindered}</p>;
  return (
    <>
      <p>{data.goes.length > 0 ? 'This cannot be undone. With it go:' : 'This cannot be undone. It is empty.'}</p>
      <ul className="list-inside list-disc text-ink nums">
        {data.goes.map(({ type, label, count }) => (
          <li key={type}>
            {count} {label}
          </li>
        ))}
      </ul>
      <p>People, teams and stacks stay.</p>
    </>
  );
};
