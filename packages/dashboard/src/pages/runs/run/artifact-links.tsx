import { Link } from '@tanstack/react-router';
import { Box, Brain } from 'lucide-react';
import { seg } from '../../../api.ts';
import type { ArtifactVersion } from './data.ts';

const artifactAddress = (project: string, version: ArtifactVersion): string =>
  `/projects/${seg(project)}/artifact-versions/${version.id}`;

/** Artifact versions by the name of the input or output; of what one may not see, only that it is there. */
export const ArtifactLinks = ({
  project,
  of,
}: {
  readonly project: string;
  readonly of: Readonly<Record<string, readonly ArtifactVersion[]>>;
}) => (
  <ul className="grid gap-1.5 text-sm">
    {Object.entries(of).flatMap(([name, versions]) =>
      versions.map((version, index) => (
        <li key={`${name}${version.id}${index}`} className="flex min-w-0 items-center gap-2">
          {version.body?.type === 'ModelArtifact' ? (
            <Brain className="size-4 shrink-0 text-faint" aria-hidden />
          ) : (
            <Box className="size-4 shrink-0 text-faint" aria-hidden />
          )}
          {name && <span className="shrink-0 text-soft">{name}</span>}
          {version.body ? (
            <Link to={artifactAddress(project, version)} className="truncate rounded font-medium hover:underline">
              {version.body.artifact?.name ?? 'artifact'} <span className="text-faint">v{version.body.version}</span>
            </Link>
          ) : (
            <span className="text-faint">an artifact that you may not see</span>
          )}
        </li>
      )),
    )}
  </ul>
);
