import { asWord, typeNames, types } from '../commands/stack/types.ts';
import type { Node } from './command.ts';

/** A group or command that is loaded only when it is called: `--help` must not wait for all of them. */
export type Entry = {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly section: string;
  readonly load: () => Promise<Node>;
};

const people = 'People and access:';
const work = 'Work:';
const parts = 'Components of stacks:';
const server = 'Server and connection:';
const tools = 'Tools:';

/** A group for each type of component. */
const componentEntries: readonly Entry[] = typeNames.map((type) => ({
  name: asWord(type),
  section: parts,
  summary: types[type].summary,
  load: async () => (await import('../commands/stack/component.ts')).componentGroup(type),
}));

export const entries: readonly Entry[] = [
  {
    name: 'user',
    section: people,
    summary: 'People: create, invite, change, remove',
    load: async () => (await import('../commands/user/user.ts')).user,
  },
  {
    name: 'invite',
    section: people,
    summary: 'Links with which people sign up',
    load: async () => (await import('../commands/invite.ts')).invite,
  },
  {
    name: 'team',
    section: people,
    summary: 'Named sets of people',
    load: async () => (await import('../commands/team.ts')).team,
  },
  {
    name: 'role',
    section: people,
    summary: 'Named lists of permissions, and who has them',
    load: async () => (await import('../commands/role/role.ts')).role,
  },
  {
    name: 'permission',
    section: people,
    summary: 'Every permission that exists',
    load: async () => (await import('../commands/permission.ts')).permission,
  },
  {
    name: 'access',
    section: people,
    summary: 'Who may do what, and why',
    load: async () => (await import('../commands/access.ts')).access,
  },
  {
    name: 'share',
    section: people,
    summary: 'Share single things with people, teams or everyone',
    load: async () => (await import('../commands/share/share.ts')).share,
  },
  {
    name: 'unshare',
    section: people,
    summary: 'Take back what was shared',
    load: async () => (await import('../commands/share/share.ts')).unshare,
  },
  {
    name: 'transfer',
    section: people,
    summary: 'Give a thing to another owner',
    load: async () => (await import('../commands/share/ownership.ts')).transfer,
  },
  {
    name: 'take-over',
    section: people,
    summary: 'Become the owner of a thing of somebody else',
    load: async () => (await import('../commands/share/ownership.ts')).takeOver,
  },
  {
    name: 'service-account',
    section: people,
    summary: 'Accounts of machines and their API keys',
    load: async () => (await import('../commands/service-account/service-account.ts')).serviceAccount,
  },
  {
    name: 'token',
    section: people,
    summary: 'Personal tokens for scripts',
    load: async () => (await import('../commands/token.ts')).token,
  },
  {
    name: 'session',
    section: people,
    summary: 'Where somebody is logged in',
    load: async () => (await import('../commands/session.ts')).session,
  },
  {
    name: 'audit',
    section: people,
    summary: 'Who did what',
    load: async () => (await import('../commands/audit.ts')).audit,
  },
  {
    name: 'workspace',
    aliases: ['project'],
    section: work,
    summary: 'Workspaces (also called projects)',
    load: async () => (await import('../commands/workspace.ts')).workspace,
  },
  {
    name: 'stack',
    section: work,
    summary: 'Stacks: what pipelines run on',
    load: async () => (await import('../commands/stack/stack.ts')).stack,
  },
  ...componentEntries,
  {
    name: 'secret',
    section: work,
    summary: 'Passwords, keys and other values, kept encrypted',
    load: async () => (await import('../commands/secret.ts')).secret,
  },
  {
    name: 'service-connector',
    section: work,
    summary: 'Credentials for registries, clouds and other services',
    load: async () => (await import('../commands/service-connector.ts')).serviceConnector,
  },
  {
    name: 'pipeline',
    section: work,
    summary: 'Pipelines, their runs, builds and schedules',
    load: async () => (await import('../commands/work.ts')).pipeline,
  },
  {
    name: 'run',
    section: work,
    summary: 'Runs of pipelines',
    load: async () => (await import('../commands/work.ts')).run,
  },
  {
    name: 'artifact',
    section: work,
    summary: 'What steps produce, and its versions',
    load: async () => (await import('../commands/ml/artifact.ts')).artifact,
  },
  {
    name: 'model',
    section: work,
    summary: 'Models, their versions and stages',
    load: async () => (await import('../commands/ml/model.ts')).model,
  },
  {
    name: 'tag',
    section: work,
    summary: 'Words on pipelines, runs, artifacts and models',
    load: async () => (await import('../commands/ml/tag.ts')).tag,
  },
  {
    name: 'code-repository',
    section: work,
    summary: 'Where the code of runs comes from',
    load: async () => (await import('../commands/ml/code-repository.ts')).codeRepository,
  },
  {
    name: 'schedule',
    section: work,
    summary: 'Schedules of orchestrators',
    load: async () => (await import('../commands/triggers.ts')).schedule,
  },
  {
    name: 'trigger',
    section: work,
    summary: 'What starts runs: a time, an event, another run',
    load: async () => (await import('../commands/triggers.ts')).trigger,
  },
  {
    name: 'webhook',
    section: work,
    summary: 'Addresses that take signed events',
    load: async () => (await import('../commands/triggers.ts')).webhook,
  },
  {
    name: 'import',
    section: server,
    summary: 'Take over another server of the same interface',
    load: async () => (await import('../commands/import/import.ts')).importCommand,
  },
  {
    name: 'connect',
    section: server,
    summary: 'Connect to a server',
    load: async () => (await import('../commands/connect.ts')).connect,
  },
  {
    name: 'disconnect',
    section: server,
    summary: 'Forget the server and go back to local mode',
    load: async () => (await import('../commands/logout.ts')).disconnect,
  },
  {
    name: 'login',
    section: server,
    summary: 'Log in: password, device or token',
    load: async () => (await import('../commands/login.ts')).login,
  },
  {
    name: 'logout',
    section: server,
    summary: 'End the session',
    load: async () => (await import('../commands/logout.ts')).logout,
  },
  {
    name: 'status',
    section: server,
    summary: 'Where the commands go, and as whom',
    load: async () => (await import('../commands/status.ts')).status,
  },
  {
    name: 'whoami',
    section: server,
    summary: 'The name one is logged in with',
    load: async () => (await import('../commands/status.ts')).whoami,
  },
  {
    name: 'up',
    section: server,
    summary: 'Start a server here',
    load: async () => (await import('../commands/server.ts')).up,
  },
  {
    name: 'server',
    section: server,
    summary: 'Run a server',
    load: async () => (await import('../commands/server.ts')).server,
  },
  {
    name: 'open',
    section: server,
    summary: 'Open the dashboard',
    load: async () => (await import('../commands/open.ts')).open,
  },
  {
    name: 'explain',
    section: tools,
    summary: 'What the server derives from the declaration of a resource',
    load: async () => (await import('../commands/explain.ts')).explain,
  },
  {
    name: 'config',
    section: tools,
    summary: 'Settings of this command line',
    load: async () => (await import('../commands/config.ts')).config,
  },
  {
    name: 'completion',
    section: tools,
    summary: 'Completion for bash, zsh, fish and PowerShell',
    load: async () => (await import('../commands/completion/completion.ts')).completion,
  },
  {
    name: 'shim',
    section: tools,
    summary: 'Offer these commands under the name zenml',
    load: async () => (await import('../commands/shim/shim.ts')).shim,
  },
  {
    name: 'version',
    section: tools,
    summary: 'Versions of this program and the server',
    load: async () => (await import('../commands/status.ts')).versions,
  },
];

export const findEntry = (word: string | undefined): Entry | undefined =>
  entries.find((entry) => entry.name === word || entry.aliases?.includes(word ?? ''));
