import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { seg } from '../../api.ts';
import { useRead } from '../../resource/query.ts';
import { Badge, SkeletonLines } from '../../ui/bits.tsx';
import { Failure } from '../../ui/notice.tsx';
import { RunStatus } from '../ml/run-status.tsx';
import { Hidden } from '../things/parts.tsx';
import { kindOf, type ArtifactVersion, type Lineage, type RunLink } from './types.ts';

const card = 'block min-w-0 rounded-lg border border-line bg-panel px-3 py-2 text-sm hover:border-edge';

const Stage = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <li className="min-w-0 flex-1">
    <h3 className="mb-1.5 text-xs font-medium text-faint">{title}</h3>
    <ul className="grid grid-cols-1 gap-2">{children}</ul>
  </li>
);
const None = ({ children }: { readonly children: ReactNode }) => (
  <li className="rounded-lg border border-dashed border-line px-3 py-2 text-sm text-faint">{children}</li>
);
const Arrow = () => (
  <li aria-hidden className="self-center text-faint lg:mt-10 lg:self-start">
    <ArrowRight className="size-4 max-lg:hidden" />
    <ArrowDown className="size-4 lg:hidden" />
  </li>
);

const RunCard = ({ link, project }: { readonly link: RunLink; readonly project: string }) => {
  const [step] = link.steps;
  return (
    <li>
      <Link to={`/projects/${seg(project)}/runs/${link.run.id}`} search={step && { step: step.name }} className={card}>
        <span className="flex items-center justify-between gap-2">
          <span className="truncate font-medium">{link.run.name}</span>
          <RunStatus status={link.run.body?.status} />
        </span>
        <span className="block truncate text-xs text-faint">
          {link.steps.length === 1 ? 'step ' : 'steps '}
          {link.steps.map((one) => `${one.name}${one.cached ? ' (cached)' : ''}`).join(', ')}
        </span>
      </Link>
    </li>
  );
};

const VersionCard = ({ version, project }: { readonly version: ArtifactVersion; readonly project: string }) =>
  version.permission_denied ? (
    <None>
      <Hidden what="an artifact" />
    </None>
  ) : (
    <li>
      <Link to={`/projects/${seg(project)}/artifact-versions/${version.id}`} className={card}>
        <span className="block truncate font-medium">{version.body.artifact?.name}</span>
        <span className="block truncate text-xs text-faint">
          version {version.body.version} · {kindOf(version.body.type)}
        </span>
      </Link>
    </li>
  );

/** What a version was made of, by which run, and who uses it: from left to right, on a phone from top to bottom. */
export const LineageView = ({ version, project }: { readonly version: ArtifactVersion; readonly project: string }) => {
  const lineage = useRead<Lineage>(`/artifact_versions/${version.id}/lineage`);
  if (lineage.error) return <Failure error={lineage.error} retry={() => void lineage.refetch()} />;
  if (!lineage.data) return <SkeletonLines lines={3} />;
  const { producer, sources, reused, consumers, model_versions: models } = lineage.data;
  const hidden = !producer && Boolean(version.resources?.producer_pipeline_run_id);
  const users = [...consumers, ...reused];
  const stages: [string, ReactNode][] = [
    ...(sources.length > 0
      ? ([['Made from', sources.map((one) => <VersionCard key={one.id} version={one} project={project} />)]] as [
          string,
          ReactNode,
        ][])
      : []),
    [
      'Made by',
      producer ? (
        <RunCard link={producer} project={project} />
      ) : (
        <None>{hidden ? <Hidden what="a run" /> : 'no run: it was saved by hand'}</None>
      ),
    ],
    [
      'This version',
      <li key="this" className="rounded-lg border border-accent-text bg-accent-wash px-3 py-2 text-sm">
        <span className="block truncate font-medium">{version.body.artifact.name}</span>
        <span className="block text-xs text-soft">version {version.body.version}</span>
      </li>,
    ],
    [
      'Used by',
      users.length === 0 && models.length === 0 ? (
        <None>nothing that you can see</None>
      ) : (
        <>
          {users.map((link, index) => (
            <RunCard key={`${link.run.id}${index}`} link={link} project={project} />
          ))}
          {models.map((model) => (
            <li key={model.id}>
              <Link to={`/projects/${seg(project)}/model-versions/${model.id}`} className={card}>
                <span className="flex items-center justify-between gap-2">
                  <span className="truncate font-medium">{model.body.model?.name}</span>
                  {model.body.stage && <Badge tone="accent">{model.body.stage}</Badge>}
                </span>
                <span className="block truncate text-xs text-faint">model, version {model.name}</span>
              </Link>
            </li>
          ))}
        </>
      ),
    ],
  ];
  return (
    <ol className="flex flex-col gap-2.5 lg:flex-row" aria-label="Lineage">
      {stages.map(([title, content], index) => (
        <Fragment key={title}>
          {index > 0 && <Arrow />}
          <Stage title={title}>{content}</Stage>
        </Fragment>
      ))}
    </ol>
  );
};
