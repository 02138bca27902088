import { Link } from '@tanstack/react-router';
import { Bot, UsersRound } from 'lucide-react';
import { useList } from '../../resource/query.ts';
import type { Assignment, Role } from '../../resource/types.ts';
import { Avatar, Card, SkeletonLines } from '../../ui/bits.tsx';
import { Problem } from '../../ui/notice.tsx';
import { ago } from '../../ui/time.tsx';

const target = ({ principal_type, principal_name }: Assignment['body']) => {
  const name = encodeURIComponent(principal_name);
  if (principal_type === 'team') return { to: `/people/teams/${name}` };
  if (principal_type === 'service_account') return { to: `/people/service-accounts/${name}` };
  return { to: '/people', search: { person: principal_name } };
};

const where = ({ project_name, resource_type, resource_id }: Assignment['body']): string =>
  project_name
    ? `in project ${project_name}`
    : resource_type
      ? `on one ${resource_type.replaceAll('_', ' ')} (${resource_id?.slice(0, 8)})`
      : 'everywhere';

export const RoleHolders = ({ role }: { readonly role: Role }) => {
  const list = useList<Assignment>('/role_assignments', { role_id: role.id, size: 100, hydrate: true });
  return (
    <Card title="Who holds it">
      <Problem error={list.error} />
      {!list.data && !list.error && <SkeletonLines />}
      {list.data?.items.length === 0 && (
        <p className="text-sm text-soft">
          Nobody. Give it to people under People, to teams on their page, or in a project.
        </p>
      )}
      <ul className="grid gap-2.5">
        {list.data?.items.map(({ id, body }) => (
          <li key={id} className="flex items-center gap-2.5 text-sm">
            {body.principal_type === 'team' ? (
              <UsersRound className="mx-0.5 size-6 shrink-0 text-faint" aria-label="team" />
            ) : body.principal_type === 'service_account' ? (
              <Bot className="mx-0.5 size-6 shrink-0 text-faint" aria-label="service account" />
            ) : (
              <Avatar name={body.principal_name} />
            )}
            <span className="min-w-0">
              <Link {...target(body)} className="block truncate rounded font-medium hover:underline">
                {body.principal_name}
              </Link>
              <span className="block text-xs text-faint">
                {where(body)}
                {body.expires && `, ends ${ago(body.expires)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
};
