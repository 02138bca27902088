export { TeamPage } from './team.tsx';
export { TeamsPage } from './teams.tsx';
