import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Copy, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rowGate, useGate } from '../../access/me.ts';
import { fineOnes } from '../../access/macros.ts';
import { needs } from '../../access/needs.ts';
import { roleMeaning } from '../../access/words.ts';
import { put, remove, seg } from '../../api.ts';
import { useChange, useRead } from '../../resource/query.ts';
import type { Permission, Role } from '../../resource/types.ts';
import { Until } from '../../resource/until.tsx';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { buttonClass } from '../../ui/button-class.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Notice } from '../../ui/notice.tsx';
import { WorkspaceFrame } from '../settings-frame.tsx';
import { RoleEditor, type RoleValues } from './role-editor.tsx';
import { RoleHolders } from './role-holders.tsx';
import { RoleMatrix } from './role-matrix.tsx';

const ReadOnly = ({ role, reason }: { readonly role: Role; readonly reason: string }) => {
  const permissions = useRead<Permission[]>('/permissions');
  return (
    <div className="grid grid-cols-1 gap-4">
      <Notice>{reason}</Notice>
      {permissions.data ? (
        <RoleMatrix all={fineOnes(permissions.data)} chosen={role.body.permissions} />
      ) : (
        <SkeletonLines lines={6} />
      )}
    </div>
  );
};

const Duplicate = ({ name }: { readonly name: string }) => {
  const blocked = useGate()(needs.createRole);
  if (blocked) {
    return (
      <Button blocked={blocked}>
        <Copy aria-hidden />
        Duplicate
      </Button>
    );
  }
  return (
    <Link to="/settings/workspace/new-role" search={{ from: name }} className={buttonClass()}>
      <Copy aria-hidden />
      Duplicate
    </Link>
  );
};

export const RolePage = () => {
  const { role: name = '' } = useParams({ strict: false }) as { role?: string };
  const role = useRead<Role>(`/roles/${seg(name)}`, { hydrate: true });
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const data = role.data;
  const save = useChange((values: RoleValues) => put<Role>(`/roles/${seg(data?.id ?? '')}`, values), {
    quiet: true,
    done: 'Role saved',
    then: (saved) =>
      saved.name !== name &&
      void navigate({ to: `/settings/workspace/roles/${encodeURIComponent(saved.name)}`, replace: true }),
  });
  const drop = useChange(() => remove(`/roles/${seg(data?.id ?? '')}`), {
    quiet: true,
    done: `Role ${name} is removed`,
    then: () => void navigate({ to: '/settings/workspace/roles' }),
  });
  const fixed =
    data &&
    (data.body.builtin
      ? 'Built-in roles cannot be changed. Duplicate it to make one of your own.'
      : rowGate(data, 'role', 'update'));
  return (
    <WorkspaceFrame
      title={data ? `Role ${data.name}` : name}
      intro={data && ((data.body.builtin && roleMeaning[data.name]) || data.body.description)}
      actions={
        data && (
          <>
            <Duplicate name={data.name} />
            {!data.body.builtin && (
              <Button
                look="danger-ghost"
                blocked={
                  rowGate(data, 'role', 'delete') ??
                  (data.body.holders
                    ? 'It is still held. Take it away from everybody first; they are listed on this page.'
                    : null)
                }
                onClick={() => setRemoving(true)}
              >
                <Trash2 aria-hidden />
                Remove
              </Button>
            )}
          </>
        )
      }
    >
      <Until read={role} lines={8} />
      {data && (
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
          {fixed ? (
            <ReadOnly role={data} reason={fixed} />
          ) : (
            <RoleEditor
              key={JSON.stringify([data.name, data.body.description, data.body.permissions])}
              role={data}
              initial={{
                name: data.name,
                description: data.body.description ?? '',
                permissions: [...data.body.permissions],
              }}
              save={(values) => save.mutateAsync(values)}
            />
          )}
          <RoleHolders role={data} />
        </div>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Remove role ${name}?`}
        action="Remove role"
        typed={name}
        run={() => drop.mutateAsync(undefined)}
      >
        <p>Nobody holds it. The permissions it lists stay as they are.</p>
      </Confirm>
    </WorkspaceFrame>
  );
};
