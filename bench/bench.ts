// npm run bench: Zendo beside the genuine server, in one run on one machine. Ratios travel better than figures.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/lib/paths.ts';
import { zendo, zenml } from './lib/kinds.ts';
import { machine } from './lib/machine.ts';
import { commandLine, memory, type Plan, requests, type Result, startUp, throughput } from './lib/sections.ts';
import { fill, type Kind, type Running, start } from './lib/server.ts';
import { table } from './lib/table.ts';

const names = ['info', 'users', 'login', 'start', 'cli'];
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    alone: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '10' },
    users: { type: 'string', default: '100' },
  },
});
const chosen = (values.only ?? names).flatMap((name) => name.split(','));
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`--only takes ${names.join(', ')}; not ${unknown.join(', ')}.`);
  process.exit(2);
}
const plan: Plan = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
  users: Number(values.users),
};

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const kinds = await toCompare();
// What else runs takes time from both servers, but not the same from each.
const busy = loadavg()[0] ?? 0;
if (busy > 0.5)
  say(`The machine is busy (load ${busy.toFixed(1)}): the figures will be lower and less steady than on a quiet one.`);
const results: Record<string, Result> = {};
const running: Running[] = [];
const folders: string[] = [];
try {
  if (chosen.includes('start')) {
    say('start-up …');
    results['start'] = await startUp(kinds, plan.rounds);
  }
  if (chosen.some((name) => name !== 'start')) await measureRunning();
} finally {
  for (const server of running) await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
report();

async function toCompare(): Promise<Kind[]> {
  if (values.alone) return [zendo()];
  try {
    return [zendo(), await zenml()];
  } catch (error) {
    say(`The genuine server could not be installed, so Zendo is measured alone.\n${String(error)}`);
    return [zendo()];
  }
}

async function measureRunning(): Promise<void> {
  for (const kind of kinds) {
    say(`${kind.name} ${kind.version}: starting, with ${plan.users} users …`);
    const folder = mkdtempSync(join(tmpdir(), 'zendo-bench-'));
    folders.push(folder);
    const server = await start(kind, folder);
    running.push(server);
    await kind.setUp(server.url, server.printed);
  }
  results['memory after start'] = { rows: [memory('memory after set-up', running)] };
  for (const server of running) await fill(server, plan.users);
  for (const [name, make] of Object.entries(requests)) {
    if (!chosen.includes(name)) continue;
    for (const request of make(plan)) {
      say(`${request.what} …`);
      results[request.what] = await throughput(request, running, plan);
    }
  }
  if (chosen.some((name) => name in requests))
    results['memory after load'] = { rows: [memory('memory after load', running)] };
  if (chosen.includes('cli')) {
    say('command line …');
    results['cli'] = await commandLine(running, Math.max(5, plan.rounds));
  }
}

function report(): void {
  const on = machine();
  const rows = Object.values(results).flatMap((result) => result.rows);
  const servers = kinds.map(({ name, version }) => `${name} ${version}`);
  const notes = rows.flatMap(({ what, note }) => (note === undefined ? [] : [`${what}: ${note}`]));
  const text = [
    table(rows, servers),
    '',
    `${on.processor}, ${on.cores} cores, ${on.memory}, ${on.system}, Node ${on.node}. ${plan.connections} connections, medians of ` +
      `${plan.rounds} alternating rounds of ${plan.seconds} s after a warm-up (log-in: three times as long).` +
      (on.pinned ? ' Each server has core 0, the load core 1.' : ' Processes are not pinned to cores.') +
      ` Load of the machine before: ${busy.toFixed(1)}.`,
    ...notes,
  ].join('\n');
  console.log(text);
  const folder = join(root, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'latest.md'), `${text}\n`);
  writeFileSync(
    join(folder, 'latest.json'),
    `${JSON.stringify({ at: new Date().toISOString(), machine: on, servers, plan, results }, null, 2)}\n`,
  );
}
