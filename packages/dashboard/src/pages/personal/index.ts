export { AppearancePage } from './appearance.tsx';
export { PasswordPage } from './password.tsx';
export { ProfilePage } from './profile.tsx';
export { SessionsPage } from './sessions.tsx';
export { TokensPage } from './tokens.tsx';
