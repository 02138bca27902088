import { Link, useParams } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useProject } from '../../access/project.ts';
import { seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { useProjectList, useRead } from '../../resource/query.ts';
import { useName } from '../../shell/names.ts';
import { Empty, SkeletonLines } from '../../ui/bits.tsx';
import { Check } from '../../ui/choice.tsx';
import { cx } from '../../ui/cx.ts';
import { Failure } from '../../ui/notice.tsx';
import { PageBody } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { Value, valueText } from '../things/metadata.tsx';
import { OwnerName } from '../things/parts.tsx';
import { TagChips } from '../things/tag-chips.tsx';
import { StageBadge } from './stage.tsx';
import type { Model, ModelVersion } from './types.ts';

interface Line {
  readonly key: string;
  readonly cells: readonly ReactNode[];
  readonly differs: boolean;
}

const differ = (values: readonly unknown[]): boolean => new Set(values.map((value) => valueText(value))).size > 1;

/** Versions side by side: what is known of them, then their metadata key by key. */
const linesOf = (versions: readonly ModelVersion[]): Line[] => {
  const keys = [...new Set(versions.flatMap((one) => Object.keys(one.metadata?.run_metadata ?? {})))].toSorted();
  const line = (key: string, cell: (one: ModelVersion) => ReactNode, value: (one: ModelVersion) => unknown): Line => ({
    key,
    cells: versions.map(cell),
    differs: differ(versions.map(value)),
  });
  return [
    line(
      'Stage',
      (one) => <StageBadge stage={one.body.stage} />,
      (one) => one.body.stage,
    ),
    line(
      'Tags',
      (one) => <TagChips tags={one.resources?.tags} most={6} />,
      (one) => one.resources?.tags?.map((tag) => tag.name),
    ),
    line(
      'Made by',
      (one) => <OwnerName user={one.resources?.user} />,
      (one) => one.resources?.user?.id,
    ),
    line(
      'Created',
      (one) => <Time at={one.body.created} />,
      () => null,
    ),
    ...keys.map((key) =>
      line(
        key,
        (one) => <Value value={one.metadata?.run_metadata[key]} />,
        (one) => one.metadata?.run_metadata[key],
      ),
    ),
  ];
};

export const CompareVersionsPage = () => {
  const { model: id = '' } = useParams({ strict: false }) as { model?: string };
  const [search] = useUrlState();
  const ids = (search.ids ?? '').split(',').filter(Boolean);
  const project = useProject().name ?? '';
  const model = useRead<Model>(`/models/${seg(id)}`);
  useName(id, model.data?.name);
  const list = useProjectList<ModelVersion>('/model_versions', ids.length > 0 ? project || undefined : null, {
    hydrate: true,
    id: `oneof:${JSON.stringify(ids)}`,
    sort_by: 'asc:number',
    size: 50,
  });
  const [only, setOnly] = useState(false);
  const versions = list.data?.items ?? [];
  const lines = linesOf(versions).filter((line) => !only || line.differs);
  return (
    <PageBody title={`Compare versions${model.data ? ` of ${model.data.name}` : ''}`} intro="What differs is marked.">
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      {!list.data && !list.error && <SkeletonLines lines={6} />}
      {list.data && versions.length === 0 && (
        <div className="rounded-xl border border-line bg-panel">
          <Empty icon={<GitCompareArrows />} title="Choose versions to compare">
            Mark them on the{' '}
            <Link to={`/projects/${seg(project)}/models/${id}`} className="rounded text-accent-text hover:underline">
              page of the model
            </Link>
            .
          </Empty>
        </div>
      )}
      {list.data && versions.length > 0 && (
        <div className="grid gap-3">
          <Check label="Only what differs" checked={only} onChange={setOnly} />
          <div
            tabIndex={0}
            role="group"
            aria-label="Comparison"
            className="overflow-x-auto rounded-xl border border-line bg-panel"
          >
            <table className="w-full border-collapse text-sm" aria-label="Comparison of versions">
              <thead className="bg-side">
                <tr>
                  <th scope="col" className="h-10 px-4 text-left text-xs font-medium text-faint">
                    What
                  </th>
                  {versions.map((version) => (
                    <th key={version.id} scope="col" className="px-4 text-left">
                      <Link
                        to={`/projects/${seg(project)}/model-versions/${version.id}`}
                        className="rounded font-medium whitespace-nowrap hover:underline"
                      >
                        Version {version.name}
                      </Link>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.key} className="border-t">
                    <th scope="row" className="px-4 py-2 text-left align-top font-medium text-soft">
                      {line.key}
                      {line.differs && <span className="sr-only"> (differs)</span>}
                    </th>
                    {line.cells.map((cell, index) => (
                      <td
                        key={versions[index]?.id}
                        className={cx('max-w-80 px-4 py-2 align-top', line.differs && 'bg-accent-wash')}
                      >
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </PageBody>
  );
};
