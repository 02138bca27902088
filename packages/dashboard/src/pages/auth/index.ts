export { LoginPage } from './login.tsx';
export { SignupPage } from './signup.tsx';
