import type { Permission } from '../resource/types.ts';

export const macroNames = ['read', 'write', 'me'] as const;

export const macroMeaning: Readonly<Record<string, string>> = {
  read: 'See everything that is shared.',
  write: 'Every other action on everything, people and roles included.',
  me: 'Look at and edit one’s own account.',
};

/** A permission of one action on one kind of thing. */
export interface Fine extends Permission {
  readonly type: string;
  readonly action: string;
}

export const fineOnes = (all: readonly Permission[]): Fine[] =>
  all.filter((one): one is Fine => !one.macro && one.type !== null && one.action !== null);

const macroOf = (one: Fine): string => (one.action === 'read' ? 'read' : 'write');

/** Whether a role with these permissions contains the fine one, by itself or through a macro. */
export const contains = (chosen: readonly string[], one: Fine): boolean =>
  chosen.includes(one.name) || chosen.includes(macroOf(one));

export const withMacro = (chosen: readonly string[], macro: string, on: boolean, all: readonly Fine[]): string[] => {
  const covered = new Set(all.filter((one) => macroOf(one) === macro).map((one) => one.name));
  const rest = chosen.filter((name) => name !== macro && !covered.has(name));
  return on ? [...rest, macro] : rest;
};

/** Taking one out of a macro leaves the others of that macro, each by its own name. */
export const withOne = (chosen: readonly string[], one: Fine, on: boolean, all: readonly Fine[]): string[] => {
  if (on) return [...new Set([...chosen, one.name])];
  const opened = chosen.includes(macroOf(one))
    ? [
        ...chosen.filter((name) => name !== macroOf(one)),
        ...all.filter((other) => macroOf(other) === macroOf(one)).map((other) => other.name),
      ]
    : chosen;
  return [...new Set(opened)].filter((name) => name !== one.name);
};

const order = [
  'create',
  'read',
  'update',
  'delete',
  'share',
  'read_secret_value',
  'client',
  'promote',
  'prune',
  'backup_restore',
  'manage',
];
const place = (action: string): number => (order.includes(action) ? order.indexOf(action) : order.length);

export interface Area {
  readonly name: string;
  readonly actions: readonly string[];
  readonly rows: readonly { type: string; cells: ReadonlyMap<string, Fine> }[];
}

/** The matrix: areas, in each a row per type of thing and a column per action. */
export const areasOf = (fine: readonly Fine[]): Area[] => {
  return [...new Set(fine.map((one) => one.group))].map((name) => {
    const here = fine.filter((one) => one.group === name);
    const types = [...new Set(here.map((one) => one.type))];
    return {
      name,
      actions: [...new Set(here.map((one) => one.action))].sort((a, b) => place(a) - place(b)),
      rows: types.map((type) => ({
        type,
        cells: new Map(here.filter((one) => one.type === type).map((one) => [one.action, one])),
      })),
    };
  });
};
