import type { Option } from '../../ui/select.tsx';
import { componentTypes } from '../components/words.ts';
import type { Component, Stack } from '../components/types.ts';

/** A component as a choice in a form. */
export interface Part extends Option {
  readonly hidden?: boolean;
  /** In the stack already, but not to be seen by the one who edits it. */
  readonly shell?: boolean;
}
export type Parts = Readonly<Record<string, readonly Part[]>>;

export const partOf = (component: Component): Part => ({
  value: component.id,
  label: component.name || 'hidden component',
  text: component.body
    ? `${component.body.flavor_name}${component.body.private ? ', private' : ''}`
    : 'not shared with you',
  hidden: component.body?.private ?? false,
  shell: component.permission_denied === true,
});

export const partsOf = (stack: Stack | undefined): Parts =>
  Object.fromEntries(
    Object.entries(stack?.metadata?.components ?? {})
      .filter(([, list]) => list.length)
      .map(([type, list]) => [type, list.map(partOf)]),
  );

/** As they go over the wire. */
export const idsOf = (parts: Parts): Record<string, string[]> =>
  Object.fromEntries(
    componentTypes.flatMap((type) =>
      parts[type]?.length ? [[type, parts[type].map((one) => one.value)] as const] : [],
    ),
  );

/** The components of a stack, in the order in which types are shown. */
export const componentsOf = (stack: Stack): readonly (readonly [string, Component])[] =>
  componentTypes.flatMap((type) => (stack.metadata?.components?.[type] ?? []).map((one) => [type, one] as const));
