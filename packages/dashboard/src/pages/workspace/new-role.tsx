import { useNavigate } from '@tanstack/react-router';
import { post, seg } from '../../api.ts';
import { useUrlState } from '../../resource/list-state.ts';
import { useChange, useRead } from '../../resource/query.ts';
import type { Role } from '../../resource/types.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { WorkspaceFrame } from '../settings-frame.tsx';
import { RoleEditor, type RoleValues } from './role-editor.tsx';

export const NewRolePage = () => {
  const [{ from }] = useUrlState();
  const origin = useRead<Role>(`/roles/${seg(from ?? '')}`, { hydrate: true }, Boolean(from));
  const navigate = useNavigate();
  const create = useChange((values: RoleValues) => post<Role>('/roles', values), {
    quiet: true,
    done: (role) => `Role ${role.name} is there`,
    then: (role) => void navigate({ to: `/settings/workspace/roles/${encodeURIComponent(role.name)}` }),
  });
  return (
    <WorkspaceFrame
      title="New role"
      intro={
        from
          ? `Begins as a copy of ${from}.`
          : 'Choose a preset to begin with, then take out or add single permissions.'
      }
    >
      {from && !origin.data && !origin.error ? (
        <SkeletonLines lines={6} />
      ) : (
        <RoleEditor
          initial={{
            name: from ? `${from}-copy` : '',
            description: origin.data?.body.description ?? '',
            permissions: [...(origin.data?.body.permissions ?? ['read', 'me'])],
          }}
          save={(values) => create.mutateAsync(values)}
          onCancel={() => void navigate({ to: '/settings/workspace/roles' })}
        />
      )}
    </WorkspaceFrame>
  );
};
