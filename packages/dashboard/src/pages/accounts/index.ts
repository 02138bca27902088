export { AccountPage } from './account.tsx';
export { AccountsPage } from './accounts.tsx';
