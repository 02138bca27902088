export { AccessPage } from './access.tsx';
export { AuditPage } from './audit.tsx';
export { GeneralPage } from './general.tsx';
export { NewRolePage } from './new-role.tsx';
export { RolePage } from './role.tsx';
export { RolesPage } from './roles.tsx';
