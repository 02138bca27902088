import { Link } from '@tanstack/react-router';
import { Check, Minus } from 'lucide-react';
import { useCurrentUser, useMe } from '../../access/me.ts';
import { scopeText, roleMeaning } from '../../access/words.ts';
import { SkeletonLines } from '../../ui/bits.tsx';
import { Problem } from '../../ui/notice.tsx';
import { abilities, inProject } from './abilities.ts';

/** Which roles one holds, through what, and what that comes to in words. */
export const MyAccess = () => {
  const { data: user, error: lost, isLoading } = useCurrentUser();
  const { data: me } = useMe();
  if (lost && !user) return <Problem error={lost} />;
  if (isLoading || !me) return <SkeletonLines />;
  const roles = user?.resources?.roles ?? [];
  const only = me.projects.filter((project) =>
    project.permissions.some((permission) => !me.server.includes(permission)),
  );
  return (
    <div className="grid gap-3 text-sm">
      {roles.length === 0 && me.server.length + me.projects.length === 0 && !me.local && (
        <p className="text-soft">
          You have no role yet, so there is nothing to see. Ask the person who invited you to give you one.
        </p>
      )}
      <ul className="grid gap-3">
        {roles.map((held) => (
          <li key={`${held.assignment_id}${held.via?.id ?? ''}`}>
            <p>
              <span className="font-medium">{held.role.name}</span>{' '}
              <span className="text-soft">{scopeText(held.scope)}</span>
            </p>
            <p className="text-soft">{roleMeaning[held.role.name] ?? ''}</p>
            <p className="text-xs text-faint">{held.via ? `through team ${held.via.name}` : 'given to you directly'}</p>
          </li>
        ))}
      </ul>
      <ul className="grid gap-1.5 border-t pt-3">
        {abilities(me.server, me.whole).map((one) => (
          <li key={one.label} className="flex gap-2">
            {one.on ? (
              <Check className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
            ) : (
              <Minus className="mt-0.5 size-4 shrink-0 text-faint" aria-hidden />
            )}
            <span className="min-w-0">
              {one.label}: <span className="text-soft">{one.text}</span>
            </span>
          </li>
        ))}
      </ul>
      {only.map((project) => (
        <p key={project.id}>
          In project <span className="font-medium">{project.name}</span>:{' '}
          <span className="text-soft">{inProject(project.permissions)}</span>
        </p>
      ))}
      <p className="border-t pt-3 text-soft nums">
        {me.server.length} permissions everywhere
        {only.length > 0 && `, more in ${only.map((project) => project.name).join(', ')}`}.{' '}
        <Link
          to="/people"
          search={{ person: me.principal.name, tab: 'access' }}
          className="rounded text-accent-text underline underline-offset-2"
        >
          See them all
        </Link>
      </p>
    </div>
  );
};
