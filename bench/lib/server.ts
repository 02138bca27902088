// A server under measurement: started, waited for, asked and stopped in the same way whichever it is.
import { type ChildProcess, spawn } from 'node:child_process';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/lib/port.ts';
import { onCore } from './machine.ts';

export type Kind = {
  readonly name: string;
  readonly version: string;
  /** How its process is started on a folder that holds all of its state. */
  readonly command: (folder: string, port: number) => { command: string; args: string[]; env: Record<string, string> };
  /** Makes the administrator of a fresh server. `printed` is what the server has said so far. */
  readonly setUp: (url: string, printed: () => string) => Promise<void>;
  readonly newUser: (name: string) => object;
  readonly cli: (args: readonly string[]) => [string, string[]];
};
export type Running = {
  readonly kind: Kind;
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from the start of the process to its first answer to GET /info. */
  readonly startup: number;
  readonly printed: () => string;
  readonly stop: () => Promise<void>;
};

export const administrator = { username: 'admin', password: 'correct-Horse-battery-41-staple' } as const;

export async function start(kind: Kind, folder: string): Promise<Running> {
  const port = await freePort();
  const { command, args, env } = kind.command(folder, port);
  const url = `http://127.0.0.1:${port}/api/v1`;
  const before = performance.now();
  const child = spawn(...onCore(0, command, args), {
    cwd: folder,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  let ended = false;
  child.once('exit', () => (ended = true));
  while (!(await answers(`${url}/info`))) {
    if (ended || performance.now() - before > 120_000) {
      kill();
      throw new Error(`${kind.name} did not start:\n${output.slice(-4000)}`);
    }
    await sleep(2);
  }
  const startup = performance.now() - before;
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    await stopped(child);
  };
  return { kind, url, pid: child.pid ?? 0, startup, printed: () => output, stop };
}

/** Settings of whoever runs the benchmark must not reach either server. */
const plainEnvironment = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ZENDO|ZENML)_/.test(name)));

export async function logIn({ url }: Running): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'password', ...administrator });
  const { access_token } = (await ask(`${url}/login`, { method: 'POST', body })) as { access_token: string };
  return access_token;
}

export async function fill(server: Running, users: number): Promise<void> {
  const headers = { authorization: `Bearer ${await logIn(server)}`, 'content-type': 'application/json' };
  const { total } = (await ask(`${server.url}/users?size=1`, { headers })) as { total: number };
  for (let number = total; number < users; number += 1) {
    const body = JSON.stringify(server.kind.newUser(`person-${String(number).padStart(4, '0')}`));
    await ask(`${server.url}/users`, { method: 'POST', headers, body });
  }
}

export async function ask(url: string, init: RequestInit): Promise<unknown> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${url} answered ${answer.status}: ${text.slice(0, 500)}`);
  return text === '' ? null : JSON.parse(text);
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    request.once('error', () => resolve(false));
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(patience);
}
