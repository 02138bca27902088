export { SecretPage } from './secret.tsx';
export { SecretsPage } from './secrets.tsx';
