import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { discard, launcher, node, temporary } from './cli.ts';

export type TestServer = {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  stop(): Promise<void>;
};

export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/api/v1/info`)).ok;
  } catch {
    return false;
  }
};

/** A real server as a child process, on an empty database, started by `zendo up`; its first administrator exists. */
export const startServer = async (): Promise<TestServer> => {
  const folder = temporary();
  const url = `http://127.0.0.1:${await freePort()}`;
  const [username, password] = ['boss', 'correct horse battery staple'];
  const child = spawn(node, [launcher, 'up', '--port', new URL(url).port, '--data-dir', folder], {
    env: { ...process.env, ZENDO_CONFIG_DIR: folder, ZENDO_ADMIN_USERNAME: username, ZENDO_ADMIN_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  for (let tries = 0; !(await answers(url)); tries++) {
    if (child.exitCode !== null || tries > 300) throw new Error(`the server did not start:\n${said}`);
    await new Promise((next) => setTimeout(next, 100));
  }
  return {
    url,
    username,
    password,
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      discard(folder);
    },
  };
};

/** Calls the server as its administrator, for what a test needs and no command makes. Errors: whatever is not 2xx. */
export const administrator = async (
  server: TestServer,
): Promise<(method: string, path: string, body?: unknown) => Promise<any>> => {
  const form = new URLSearchParams({ username: server.username, password: server.password });
  const login = await fetch(`${server.url}/api/v1/login`, { method: 'POST', body: form });
  const { access_token } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  return async (method, path, body) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.json();
  };
};
