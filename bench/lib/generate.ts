// The load generator, a process of its own so that it takes nothing from the server's core. Job in argv, result on stdout.
import autocannon from 'autocannon';
import type { Job, Sample } from './load.ts';
import { percentile } from './stats.ts';

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const times: number[] = [];

// Where nothing was answered in time, an answer takes at least as long as the round.
const time = (share: number): number => (times.length === 0 ? job.seconds * 1000 : percentile(times, share));

const run = autocannon({ ...job, duration: job.seconds, timeout: 30 }, (error, result) => {
  if (error !== null) throw error;
  times.sort((a, b) => a - b);
  const sample: Sample = {
    requests: result['2xx'],
    perSecond: result['2xx'] / result.duration,
    p50: time(0.5),
    p99: time(0.99),
    failures: result.errors + result.timeouts + result.non2xx,
    statuses: Object.fromEntries(Object.entries(result.statusCodeStats).map(([status, { count }]) => [status, count])),
  };
  console.log(JSON.stringify(sample));
});
// Its own histogram counts whole milliseconds, which is as long as a fast answer takes.
run.on('response', (_client: unknown, _status: number, _bytes: number, milliseconds: number) =>
  times.push(milliseconds),
);
