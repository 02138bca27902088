export { InvitationsPage } from './invitations.tsx';
export { MembersPage } from './members.tsx';
