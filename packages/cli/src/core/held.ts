import type { Held, Scope } from '@zendo/client';

/** Where a role holds, in a word: nothing for the server. */
export const scopeName = (scope: Scope | string | null | undefined): string => {
  if (!scope || scope === 'server') return '';
  if (typeof scope === 'string') return scope;
  if (scope.type === 'server') return '';
  const name = scope.name ?? scope.id ?? '';
  return scope.type === 'resource' ? `${scope.resource_type ?? 'resource'}/${name}` : name;
};

/** `developer@fraud (team ml)`: a role, where it holds and through which team. */
const heldName = (held: Held): string => {
  const where = scopeName(held.scope);
  return `${held.role.name}${where && `@${where}`}${held.via ? ` (team ${held.via.name})` : ''}`;
};

export const heldNames = (held: readonly Held[] | undefined): string => (held ?? []).map(heldName).join(', ');

/** `{project, role}` from `fraud=developer`, as --workspace says it. */
export const projectRole = (text: string): { project: string; role: string } | undefined => {
  const [project, role] = text.split('=');
  return project && role ? { project, role } : undefined;
};
