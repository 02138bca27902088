import type { User } from '@zendo/client';
import { group } from '../../core/command.ts';
import { listCommand } from '../../core/list.ts';
import { accessOf } from './access.ts';
import { activate, changePassword, deactivate, describe, remove, reset, update } from './change.ts';
import { userColumns } from './columns.ts';
import { create } from './create.ts';

const list = listCommand<User>({
  summary: 'List the people',
  path: '/users',
  columns: userColumns,
  filters: {
    name: 'user name',
    full_name: 'full name',
    email: 'e-mail address',
    status: 'pending, active or inactive',
    active: 'true or false',
    team: 'members of a team',
    role: 'holders of a role',
    id: 'id',
    created: 'date of creation',
  },
  examples: [
    'user list',
    'user list --status pending',
    'user list --name contains:ada -o json',
    'user list --columns name,email',
  ],
});

export const user = group({
  name: 'user',
  summary: 'People: create, invite, change, remove',
  commands: [create, list, describe, update, deactivate, activate, reset, changePassword, remove, accessOf],
});
