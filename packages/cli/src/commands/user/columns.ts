import type { User } from '@zendo/client';
import { ago } from '../../core/duration.ts';
import { heldNames } from '../../core/held.ts';
import { columns } from '../../output/columns.ts';

export const userColumns = columns<User>({
  name: (user) => user.name,
  full_name: (user) => user.body.full_name,
  status: (user) => user.body.status ?? (user.body.active ? 'active' : 'pending'),
  roles: (user) => heldNames(user.resources?.roles),
  teams: (user) => user.resources?.teams?.map((team) => team.name).join(', '),
  last_seen: (user) => ago(user.body.last_seen),
  'email?': (user) => user.metadata?.email,
  'invitation?': (user) =>
    user.resources?.invitation &&
    `${user.resources.invitation.state}, expires ${ago(user.resources.invitation.expires)}`,
  'created?': (user) => ago(user.body.created),
  'id?': (user) => user.id,
});
