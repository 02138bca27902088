import { inside, named, section } from './parts.ts';

const people = () => import('../pages/people/index.ts');
const teams = () => import('../pages/teams/index.ts');
const accounts = () => import('../pages/accounts/index.ts');

export const peopleRoutes = [
  section('/people', 'People', (parent) => [
    inside(parent, '/', undefined, people, 'MembersPage'),
    inside(parent, '/invitations', 'Invitations', people, 'InvitationsPage'),
    inside(parent, '/teams', 'Teams', teams, 'TeamsPage'),
    inside(parent, '/teams/$team', named('team'), teams, 'TeamPage', { label: 'Teams', to: '/people/teams' }),
    inside(parent, '/service-accounts', 'Service accounts', accounts, 'AccountsPage'),
    inside(parent, '/service-accounts/$account', named('account'), accounts, 'AccountPage', {
      label: 'Service accounts',
      to: '/people/service-accounts',
    }),
  ]),
];
