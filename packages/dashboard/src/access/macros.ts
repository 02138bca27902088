import type { Permission } from '../resource/types.ts';

export const macroNames = ['read', 'write', 'me'] as const;

export const macroMeaning: Readonly<Record<string, string>> = {
  read: 'See everything that is shared.',
  write: 'Every other action on everything, people and roles included.',
  me: 'Look at and edit one’s own account.',
};

/** Whether a role with these permissions contains the fine one, by itself or through a macro. */
export const contains = (chosen: readonly string[], one: Permission): boolean => chosen.includes(one.name) || chosen.includes(one.macro);

export const withMacro = (chosen: readonly string[], macro: string, on: boolean, all: readonly Permission[]): string[] => {
  const covered = new Set(all.filter((one) => one.macro === macro).map((one) => one.name));
  const rest = chosen.filter((name) => name !== macro && !covered.has(name));
  return on ? [...rest, macro] : rest;
};

/** Taking one out of a macro leaves the others of that macro, each by its own name. */
export const withOne = (chosen: readonly string[], one: Permission, on: boolean, all: readonly Permission[]): string[] => {
  if (on) return [...new Set([...chosen, one.name])];
  const opened = chosen.includes(one.macro)
    ? [...chosen.filter((name) => name !== one.macro), ...all.filter((other) => other.macro === one.macro).map((other) => other.name)]
    : chosen;
  return [...new Set(opened)].filter((name) => name !== one.name);
};

const order = ['create', 'read', 'update', 'delete', 'share', 'read_secret_value', 'client', 'promote', 'prune', 'backup_restore', 'manage'];
const place = (action: string): number => (order.includes(action) ? order.indexOf(action) : order.length);

export interface Area {
  readonly name: string;
  readonly actions: readonly string[];
  readonly rows: readonly { type: string; cells: ReadonlyMap<string, Permission> }[];
}

/** The matrix: areas, in each a row per type of thing and a column per action. */
export const areasOf = (all: readonly Permission[]): Area[] => {
  const fine = all.filter((one) => one.name.includes(':'));
  return [...new Set(fine.map((one) => one.group))].map((name) => {
    const here = fine.filter((one) => one.group === name);
    const types = [...new Set(here.map((one) => one.type))];
    return {
      name,
      actions: [...new Set(here.map((one) => one.action))].sort((a, b) => place(a) - place(b)),
      rows: types.map((type) => ({ type, cells: new Map(here.filter((one) => one.type === type).map((one) => [one.action, one])) })),
    };
  });
};
