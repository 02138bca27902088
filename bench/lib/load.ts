import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { run } from '../../scripts/lib/run.ts';
import { onCore } from './machine.ts';
import { median } from './stats.ts';

export type Job = {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
};
export type Sample = {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
  readonly statuses: Readonly<Record<string, number>>;
};

export async function load(job: Job): Promise<Sample> {
  const [command, args] = onCore(1, process.execPath, [join(root, 'bench/lib/generate.ts'), JSON.stringify(job)]);
  return JSON.parse(await run(command, args, { timeout: (job.seconds + 60) * 1000 })) as Sample;
}

/** One sample that stands for several rounds: the median of each figure, the sum of the counts. */
export function summary(samples: readonly Sample[]): Sample {
  const statuses: Record<string, number> = {};
  for (const sample of samples) {
    for (const [status, count] of Object.entries(sample.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
  }
  return {
    requests: samples.reduce((sum, { requests }) => sum + requests, 0),
    perSecond: median(samples.map(({ perSecond }) => perSecond)),
    p50: median(samples.map(({ p50 }) => p50)),
    p99: median(samples.map(({ p99 }) => p99)),
    failures: samples.reduce((sum, { failures }) => sum + failures, 0),
    statuses,
  };
}
