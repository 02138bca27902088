// npm run bars: the fifteen bars of usability, measured on a server and a browser of its own. A table on stdout, words on stderr.
// --only 3,4 measures these alone; --json FILE writes the figures too; --quick leaves out what runs whole test files.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { destructive } from './acts.ts';
import { outside } from './alone.ts';
import { type Bars, type Figure, unmeasured } from './bar.ts';
import { commandLine } from './command-line.ts';
import { fromNothing, inviting } from './inviting.ts';
import { graph, list } from './large.ts';
import { requests, size, speed } from './loading.ts';
import { sameAnswer } from './reasons.ts';
import { effective, refusals } from './refusals.ts';
import { axe, keyboard, reasons, seedLines } from './tests.ts';
import { makeWorld } from './world.ts';
import { machine } from '../../../bench/lib/machine.ts';

const tests: readonly Bars[] = [axe, keyboard, reasons, seedLines];
// What fills the server comes last.
const all: readonly Bars[] = [
  size,
  requests,
  speed,
  outside,
  inviting,
  fromNothing,
  effective,
  sameAnswer,
  commandLine,
  destructive,
  refusals,
  graph,
  list,
  ...tests,
];

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const only = values.only?.split(',').map(Number);
const chosen = all.filter(
  (one) => (!values.quick || !tests.includes(one)) && one.numbers.some((number) => !only || only.includes(number)),
);

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const busy = loadavg()[0] ?? 0;
if (busy > 0.5) say(`The machine is busy (load ${busy.toFixed(1)}): times will be longer than on a quiet one.`);

const figures: Figure[] = [];
const world = await makeWorld();
try {
  for (const bars of chosen) {
    say(`bar ${bars.numbers.join(', ')} …`);
    try {
      figures.push(...(await bars.measure(world)));
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      figures.push(unmeasured(bars.numbers[0] ?? 0, 'this bar', why));
      say(String(error instanceof Error ? error.stack : error));
    }
  }
} finally {
  await world.stop();
}
figures.sort((a, b) => a.bar - b.bar);

const verdict = (ok: boolean | null): string => (ok === null ? '–' : ok ? 'ok' : 'NOT MET');
console.log('| bar | what | measured | limit | |\n|--:|:--|--:|--:|:--|');
for (const { bar, what, measured, limit, ok } of figures)
  console.log(`| ${bar} | ${what} | ${measured} | ${limit} | ${verdict(ok)} |`);
const { processor, cores, memory, node } = machine();
console.log(`\n${processor}, ${cores} cores, ${memory}, Node ${node}, load ${busy.toFixed(1)} at the start.`);
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ machine: machine(), load: busy, figures }, null, 2)}\n`);
if (figures.some((figure) => figure.ok === false)) process.exitCode = 1;
