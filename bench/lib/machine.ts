// What the figures were taken on, and how the processes are spread over its cores.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { which } from '../../scripts/lib/apt.ts';

export type Machine = {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memory: string;
  readonly node: string;
  readonly pinned: boolean;
};

const pinned = which('taskset') !== null && availableParallelism() >= 2;

export const machine = (): Machine => ({
  system: `${type()} ${release()}`,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
  node: process.versions.node,
  pinned,
});

/** Core 0 serves, core 1 asks: neither can take time from the other, and both servers have the same. */
export function onCore(core: 0 | 1, command: string, args: readonly string[]): [string, string[]] {
  return pinned ? ['taskset', ['-c', String(core), command, ...args]] : [command, [...args]];
}

/** Resident memory in MiB of a process and of all that it started. */
export function residentMemory(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(field(name, 'PPid'));
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const sum = (process: number): number =>
    Number.parseInt(field(String(process), 'VmRSS') ?? '0', 10) +
    (children.get(process) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(pid) / 1024;
}

function field(process: string, name: string): string | undefined {
  try {
    return new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
