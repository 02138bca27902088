import type { Held, Scope } from '../resource/types.ts';

export const roleMeaning: Readonly<Record<string, string>> = {
  admin: 'Everything: all ML resources, people, roles and settings.',
  developer:
    'Builds and runs: everything on pipelines, stacks, models and data; nothing on people, roles and settings.',
  guest: 'Looks: reads everything that is shared and edits nothing but the own account.',
};

export const scopeText = (scope: Scope): string =>
  scope.type === 'server'
    ? 'everywhere'
    : scope.type === 'project'
      ? `in project ${scope.name}`
      : `on ${scope.resource_type ?? 'resource'} ${scope.name}`;

export const heldText = (held: Held): string =>
  `${held.role.name} ${scopeText(held.scope)}${held.via ? `, via team ${held.via.name}` : ', directly'}`;

export const changeScope = (scope: string | Scope): string =>
  typeof scope === 'string' ? (scope === 'server' ? 'everywhere' : scope) : scopeText(scope);
