import type { Resource } from '../kernel/resource.ts';
import { account, serviceAccount, user } from './account/account.ts';
import { apiKey } from './api_key/api_key.ts';
import { auditEvent } from './audit/audit_event.ts';
import { device } from './device/device.ts';
import { flavor } from './flavor/flavor.ts';
import { invitation } from './invitation/invitation.ts';
import { project } from './project/project.ts';
import { role } from './role/role.ts';
import { roleAssignment } from './role_assignment/role_assignment.ts';
import { session } from './session/session.ts';
import { stack } from './stack/stack.ts';
import { stackComponent } from './stack_component/stack_component.ts';
import { team } from './team/team.ts';

/** Every resource, in the order in which the role editor and the documentation show them. */
export const resources: readonly Resource[] = [
  user, serviceAccount, team, role, roleAssignment, project, stack, stackComponent, flavor, account, apiKey, invitation, session, device, auditEvent,
] as unknown as readonly Resource[];
