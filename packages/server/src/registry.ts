// Everything that this server declares, in one list. A resource that is not here does not exist.
import { accessOperations } from './access/operations.ts';
import { membership } from './access/sharing/membership.ts';
import { sharingOperations } from './access/sharing/operations.ts';
import { TAKE_OVER } from './access/sharing/ownership.ts';
import type { App } from './app.ts';
import { apiToken } from './auth/api_token.ts';
import { deviceFlow } from './auth/device_flow.ts';
import { login } from './auth/login.ts';
import { me } from './auth/me.ts';
import { emailOptIn } from './auth/opt_in.ts';
import { setup } from './auth/setup.ts';
import { importing } from './import/import.ts';
import { createRegistry, type Permission, type Registry } from './kernel/registry.ts';
import { resources } from './resources/index.ts';
import { mlOperations } from './resources/operations.ts';
import { accessRequests } from './resources/access_request/asking.ts';
import { people } from './resources/account/people.ts';
import { apiKeys } from './resources/api_key/keys.ts';
import { accepting } from './resources/invitation/accepting.ts';
import { inviting } from './resources/invitation/inviting.ts';
import { projectStatistics } from './resources/project/project.ts';
import { projectRemoval } from './resources/project/removal.ts';
import { assign } from './resources/role_assignment/assigning.ts';
import { tokens } from './resources/session/session.ts';
import { serverInfo } from './services/server_info.ts';

/** Permissions on the server itself, which is no row. */
const ofServer: readonly Permission[] = ['settings:manage', 'secret:backup_restore', TAKE_OVER].map((name) => {
  const [type, action] = name.split(':') as [string, string];
  return { name, macro: false, type, action, group: 'server' };
});

/** The registry of a server. Throws, with all problems, where declarations do not fit together. */
export const zendoRegistry = (app: App): Registry =>
  createRegistry(
    resources,
    [
      ...serverInfo(app),
      ...importing,
      ...setup(app),
      ...login(app),
      ...apiToken,
      ...deviceFlow(app),
      ...me(app),
      emailOptIn,
      ...tokens,
      ...people(app),
      ...inviting(app),
      ...accepting(app),
      ...apiKeys,
      assign,
      membership,
      ...sharingOperations,
      ...accessRequests,
      ...accessOperations,
      projectStatistics,
      projectRemoval,
      ...mlOperations(app),
    ],
    ofServer,
  );
