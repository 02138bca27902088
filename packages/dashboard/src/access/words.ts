import type { Held, Scope } from '../resource/types.ts';

export const roleMeaning: Readonly<Record<string, string>> = {
  admin: 'Everything: all ML resources, people, roles and settings.',
  developer:
    'Builds and runs: everything on pipelines, stacks, models and data; nothing on people, roles and settings.',
  guest: 'Looks: reads everything that is shared and edits nothing but the own account.',
};

/** Some names are hidden from people with narrow roles; that there is something is not. */
export const shownName = (name: string | null | undefined): string => name ?? '(hidden)';

export const scopeText = (scope: Scope): string =>
  scope.type === 'server'
    ? 'everywhere'
    : scope.type === 'project'
      ? `in project ${shownName(scope.name)}`
      : `on ${scope.resource_type ?? 'resource'} ${shownName(scope.name ?? scope.id)}`;

export const heldText = (held: Held): string =>
  `${shownName(held.role.name)} ${scopeText(held.scope)}${held.via ? `, via team ${shownName(held.via.name)}` : ', directly'}`;

export const changeScope = (scope: string | Scope): string =>
  typeof scope === 'string' ? (scope === 'server' ? 'everywhere' : scope) : scopeText(scope);
