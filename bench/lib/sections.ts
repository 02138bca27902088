// What is measured. Each section takes the servers to compare, alternates between them, and gives figures in rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt } from '../../scripts/lib/run.ts';
import { type Job, load, type Sample, summary } from './load.ts';
import { onCore, residentMemory } from './machine.ts';
import { administrator, type Kind, logIn, type Running, start } from './server.ts';
import { median } from './stats.ts';

export type Row = {
  readonly what: string;
  readonly unit: 'requests/s' | 'ms' | 'MiB';
  /** A figure for each server, in the order of the servers; null where it could not be taken. */
  readonly figures: readonly (number | null)[];
  readonly note?: string;
};
export type Plan = {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly users: number;
};
export type Result = { readonly rows: readonly Row[]; readonly samples?: readonly Sample[][] };

type Request = {
  readonly what: string;
  readonly seconds: number;
  readonly job: (server: Running) => Promise<Omit<Job, 'connections' | 'seconds'>>;
};

const bearer = async (server: Running) => ({ authorization: `Bearer ${await logIn(server)}` });

export const requests: Readonly<Record<string, (plan: Plan) => readonly Request[]>> = {
  info: ({ seconds }) => [{ what: 'GET /info', seconds, job: async ({ url }) => ({ url: `${url}/info` }) }],
  users: ({ seconds, users }) => [
    {
      what: `GET /users, 20 of ${users}`,
      seconds,
      job: async (server) => ({ url: `${server.url}/users`, headers: await bearer(server) }),
    },
    {
      what: `GET /users, all ${users}`,
      seconds,
      job: async (server) => ({ url: `${server.url}/users?size=${users}`, headers: await bearer(server) }),
    },
  ],
  // Password hashing is slow on purpose, so a round has to be longer for its percentiles to mean anything.
  login: ({ seconds }) => [
    {
      what: 'POST /login',
      seconds: seconds * 3,
      job: async ({ url }) => ({
        url: `${url}/login`,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'password', ...administrator }).toString(),
      }),
    },
  ],
};

export async function throughput(request: Request, servers: readonly Running[], plan: Plan): Promise<Result> {
  const jobs = await Promise.all(servers.map(request.job));
  const samples: Sample[][] = servers.map(() => []);
  for (const job of jobs)
    await load({ ...job, connections: plan.connections, seconds: Math.max(1, request.seconds / 2) });
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const [index, job] of jobs.entries()) {
      samples[index]?.push(await load({ ...job, connections: plan.connections, seconds: request.seconds }));
    }
  }
  const summaries = samples.map(summary);
  const refused = summaries.flatMap(({ failures, statuses }, index) =>
    failures > 0 ? [`${servers[index]?.kind.name}: ${failures} requests failed, ${JSON.stringify(statuses)}`] : [],
  );
  const note = refused.length > 0 ? { note: refused.join('; ') } : {};
  return {
    samples,
    rows: [
      { what: request.what, unit: 'requests/s', figures: summaries.map(({ perSecond }) => perSecond), ...note },
      { what: `${request.what}, p50`, unit: 'ms', figures: summaries.map(({ p50 }) => p50) },
      { what: `${request.what}, p99`, unit: 'ms', figures: summaries.map(({ p99 }) => p99) },
    ],
  };
}

export function memory(what: string, servers: readonly Running[]): Row {
  return { what, unit: 'MiB', figures: servers.map(({ pid }) => residentMemory(pid)) };
}

export async function startUp(kinds: readonly Kind[], rounds: number): Promise<Result> {
  const first: number[][] = kinds.map(() => []);
  const again: number[][] = kinds.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, kind] of kinds.entries()) {
      const folder = mkdtempSync(join(tmpdir(), 'zendo-bench-'));
      try {
        for (const times of [first, again]) {
          const server = await start(kind, folder);
          times[index]?.push(server.startup);
          await server.stop();
          await sleep(200);
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  return {
    rows: [
      { what: 'start to first answer, new database', unit: 'ms', figures: first.map(median) },
      { what: 'start to first answer, again', unit: 'ms', figures: again.map(median) },
    ],
  };
}

export async function commandLine(servers: readonly Running[], rounds: number): Promise<Result> {
  const folders = servers.map(() => mkdtempSync(join(tmpdir(), 'zendo-bench-cli-')));
  const rows: Row[] = [];
  try {
    for (const args of [['--help'], ['user', 'list']]) {
      const times: number[][] = servers.map(() => []);
      // One round more than is counted: the first fills caches and writes configuration.
      for (let round = 0; round <= rounds; round += 1) {
        for (const [index, server] of servers.entries()) {
          const took = await timed(server, args, folders[index] ?? '');
          if (round > 0) times[index]?.push(took);
        }
      }
      rows.push({
        what: `${servers.map(({ kind }) => kind.name.toLowerCase()).join(' / ')} ${args.join(' ')}`,
        unit: 'ms',
        figures: times.map(median),
      });
    }
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
  return { rows };
}

async function timed({ kind, url }: Running, args: readonly string[], folder: string): Promise<number> {
  const [command, all] = onCore(1, ...kind.cli(args));
  const env = {
    HOME: folder,
    ZENDO_CONFIG_DIR: folder,
    ZENML_CONFIG_PATH: folder,
    ZENML_ANALYTICS_OPT_IN: 'false',
    ZENML_STORE_URL: new URL(url).origin,
    ZENML_STORE_USERNAME: administrator.username,
    ZENML_STORE_PASSWORD: administrator.password,
  };
  const before = performance.now();
  const { code, output } = await attempt(command, all, { env, cwd: folder });
  if (code !== 0) throw new Error(`${kind.name} ${args.join(' ')} failed (exit ${code}):\n${output.slice(-2000)}`);
  return performance.now() - before;
}
