// The command line: how long it takes, what it prints for programs, and that it does not wait for what is not there.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { cli, discard, temporary, type Run } from '../../cli/src/testing/cli.ts';
import { median } from '../../../bench/lib/stats.ts';
import { allOf, atMost, type Bars, type Figure } from './bar.ts';
import { PASSWORD, type World } from './world.ts';

const ROUNDS = 9;
// oxlint-disable-next-line no-control-regex
const ANSI = /\u001b\[/;
/** Every list that there is, and what it needs to be one. */
const lists = [
  'user list',
  'invite list',
  'team list',
  'role list',
  'role assignment list',
  'permission list',
  'service-account list',
  'token list',
  'session list',
  'audit list',
  'workspace list',
  'stack list',
  'pipeline list',
  'run list',
  'pipeline runs list',
  'pipeline builds list',
  'pipeline schedule list',
  'artifact list',
  'artifact version list',
  'model list',
  'model version list',
  'tag list',
  'code-repository list',
  'secret list',
  'service-connector list',
  'orchestrator list',
  'orchestrator flavor list',
  'trigger list',
  'webhook list',
  'access requests',
];

/** The command line, logged in as the administrator, in a folder of its own. */
export const connected = async (world: World): Promise<{ run: Run; end: () => void }> => {
  const folder = temporary();
  const run = cli(folder);
  const line = ['connect', '--url', world.server.url, '--username', 'ada', '--password-stdin'];
  const { code, err } = await run(line, { stdin: `${PASSWORD}\n` });
  if (code !== 0) throw new Error(`connect failed: ${err}`);
  return { run, end: () => discard(folder) };
};

const time = async (run: Run, line: string): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push((await run(line)).ms);
  return median(times);
};

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

export const commandLine: Bars = {
  numbers: [14],
  measure: async (world) => {
    const { run, end } = await connected(world);
    const help = await time(run, '--help');
    const users = await time(run, 'user list');
    let [good, plain, asked] = [0, 0, 0];
    for (const list of lists) {
      const json = await run(`${list} -o json`);
      const table = await run(list);
      asked += 1;
      if (json.code === 0 && parses(json.out)) good += 1;
      else process.stderr.write(`  ${list} -o json: exit ${json.code} ${json.err.slice(0, 200)}\n`);
      if (!ANSI.test(json.out + json.err + table.out + table.err)) plain += 1;
    }
    end();
    const figures: Figure[] = [
      atMost(14, 'zendo --help', help, 150, 'ms'),
      atMost(14, 'zendo user list, this machine', users, 300, 'ms'),
      allOf(14, 'lists whose -o json parses', good, asked),
      allOf(14, 'lists without ANSI where there is no terminal', plain, asked),
      ...(await unreachable()),
    ];
    return figures;
  },
};

/** A closed port refuses at once; a server that is stuck takes the connection and never greets. */
const unreachable = async (): Promise<Figure[]> => {
  const stuck = createServer().listen(0, '127.0.0.1');
  await once(stuck, 'listening');
  const { port } = stuck.address() as AddressInfo;
  const sockets = new Set<Socket>();
  stuck.on('connection', (socket) => sockets.add(socket));
  const figures: Figure[] = [];
  for (const [what, url] of [
    ['a port on which nothing listens', 'http://127.0.0.1:9'],
    ['a server that takes the connection and never greets', `https://127.0.0.1:${port}`],
  ] as const) {
    const folder = temporary();
    const line = ['connect', '--url', url, '--username', 'ada', '--password-stdin'];
    const { ms, code, err } = await cli(folder)(line, { stdin: `${PASSWORD}\n` });
    discard(folder);
    const figure = atMost(14, `unreachable: ${what}`, ms / 1000, 6, 's');
    figures.push({ ...figure, ok: figure.ok === true && code === 7 && err.includes(url) });
  }
  for (const socket of sockets) socket.destroy();
  stuck.close();
  return figures;
};
