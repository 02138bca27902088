import { optionalArg } from '../../core/command.ts';
import { ago } from '../../core/duration.ts';
import { columns } from '../../output/columns.ts';
import type { Stack } from './things.ts';

const partsText = (stack: Stack): string =>
  Object.entries(stack.metadata?.components ?? {})
    .filter(([, list]) => list.length > 0)
    .map(([type, list]) => `${type}=${list.map((one) => one.name || 'hidden').join(',')}`)
    .join(' ');

export const stackColumns = columns<Stack>({
  name: (stack) => stack.name,
  components: partsText,
  private: (stack) => (stack.body.private ? 'yes' : 'no'),
  owner: (stack) => stack.resources?.user?.name,
  created: (stack) => ago(stack.body.created),
  'description?': (stack) => stack.metadata?.description,
  'labels?': (stack) =>
    Object.entries(stack.metadata?.labels ?? {})
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(' '),
  'id?': (stack) => stack.id,
});

export const whichStack = optionalArg('name or id; without it the one that was set');
