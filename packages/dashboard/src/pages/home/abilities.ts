/** What one may do here in a few lines of words, from the permissions that the server says one holds everywhere. `whole` names macros that are held in full. */
export interface Ability {
  readonly label: string;
  readonly text: string;
  readonly on: boolean;
}

const people = new Set([
  'user',
  'service_account',
  'team',
  'role',
  'role_assignment',
  'settings',
  'account',
  'audit_event',
  'session',
  'invitation',
]);

const plural = (type: string): string => {
  const words = type.replaceAll('_', ' ');
  return words.endsWith('y') ? `${words.slice(0, -1)}ies` : `${words}s`;
};

/** Types, as a list that can be read: five, and how many more. */
const listed = (types: readonly string[]): string => {
  const names = types.map(plural).toSorted();
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more kinds`] : names;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
};

export const abilities = (permissions: readonly string[], whole: readonly string[] = []): readonly Ability[] => {
  const held = new Set(permissions);
  const typesOf = (action: string): string[] =>
    permissions.flatMap((one) => (one.endsWith(`:${action}`) ? [one.slice(0, -action.length - 1)] : []));
  const things = (action: string): string[] => typesOf(action).filter((type) => !people.has(type));
  const read = things('read');
  const change = things('create').filter((type) => held.has(`${type}:update`));
  const line = (label: string, all: string, types: readonly string[], whole: boolean): Ability => ({
    label,
    on: types.length > 0,
    text: whole
      ? all
      : types.length > 0
        ? listed(types)
        : 'nothing, except where a project or a thing is opened to you',
  });
  const yes = (label: string, permission: string): Ability => ({
    label,
    on: held.has(permission),
    text: held.has(permission) ? 'yes' : 'no',
  });
  return [
    line('See', 'everything that is not private', read, whole.includes('read')),
    line('Make and change', 'everything', change, whole.includes('write')),
    yes('Invite people', 'user:create'),
    yes('Give roles', 'role_assignment:create'),
    yes('Change the workspace', 'settings:manage'),
  ];
};

/** The same for one project, in a sentence. */
export const inProject = (permissions: readonly string[]): string => {
  const [see, change] = abilities(permissions);
  return change?.on ? `see ${see?.text}; make and change ${change.text}` : `see ${see?.text}`;
};
