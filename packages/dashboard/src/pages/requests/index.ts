export { RequestsPage } from './requests.tsx';
