import { Link } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { useGate } from '../../access/me.ts';
import { needs } from '../../access/needs.ts';
import { roleMeaning } from '../../access/words.ts';
import { ListView } from '../../resource/list-view.tsx';
import type { Column } from '../../resource/table.tsx';
import type { Role } from '../../resource/types.ts';
import { Badge, Empty } from '../../ui/bits.tsx';
import { Button } from '../../ui/button.tsx';
import { buttonClass } from '../../ui/button-class.ts';
import { WorkspaceFrame } from '../settings-frame.tsx';

const macros = ['read', 'write', 'me'];

const permissionSummary = (permissions: readonly string[]): string => {
  const whole = macros.filter((macro) => permissions.includes(macro));
  const fine = permissions.length - whole.length;
  return [...whole, ...(fine ? [`${fine} fine ${fine === 1 ? 'one' : 'ones'}`] : [])].join(', ') || 'nothing';
};

const columns: Column<Role>[] = [
  {
    id: 'name',
    head: 'Role',
    sort: 'name',
    cell: (role) => (
      <span className="flex items-center gap-2">
        <Link
          to={`/settings/workspace/roles/${encodeURIComponent(role.name)}`}
          className="rounded font-medium hover:underline"
        >
          {role.name}
        </Link>
        {role.body.builtin && <Badge>built in</Badge>}
      </span>
    ),
  },
  {
    id: 'about',
    head: 'Meaning',
    from: 'md',
    className: 'max-w-md text-soft',
    cell: (role) => (role.body.builtin && roleMeaning[role.name]) || role.body.description,
  },
  {
    id: 'permissions',
    head: 'Permissions',
    from: 'sm',
    className: 'text-soft',
    cell: (role) => permissionSummary(role.body.permissions),
  },
  { id: 'holders', head: 'Holders', className: 'nums', cell: (role) => role.body.holders },
];

export const RolesPage = () => {
  const blocked = useGate()(needs.createRole);
  return (
    <WorkspaceFrame
      title="Roles"
      intro="A role is a named list of permissions. It is given to people, service accounts and teams, everywhere or in one project."
      actions={
        blocked ? (
          <Button look="primary" blocked={blocked}>
            <Plus aria-hidden />
            New role
          </Button>
        ) : (
          <Link to="/settings/workspace/new-role" className={buttonClass({ look: 'primary' })}>
            <Plus aria-hidden />
            New role
          </Link>
        )
      }
    >
      <ListView<Role>
        things="roles"
        thing="role"
        path="/roles"
        sort="asc:created"
        columns={columns}
        icon={<KeyRound />}
        empty={<Empty icon={<KeyRound />} title="No role that you can see" />}
      />
    </WorkspaceFrame>
  );
};
