// The two servers that are compared, and how each is brought up.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../scripts/lib/paths.ts';
import { clientVersion, ensureServer } from '../../scripts/lib/python.ts';
import { administrator, ask, type Kind } from './server.ts';

const json = { 'content-type': 'application/json' };

export function zendo(): Kind {
  const program = join(root, 'bin', 'zendo.mjs');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    name: 'Zendo',
    version,
    command: (folder, port) => ({
      command: process.execPath,
      args: [program, 'server', 'start', '--port', String(port), '--data-dir', folder],
      env: { NODE_ENV: 'production' },
    }),
    setUp: async (url, printed) => {
      const body = JSON.stringify({ setup_token: await setupToken(printed), ...administrator, server_name: 'bench' });
      await ask(`${url}/setup`, { method: 'POST', headers: json, body });
    },
    newUser: (name) => ({ name }),
    cli: (args) => [process.execPath, [program, ...args]],
  };
}

/** The server prints its link once it listens, which may be a moment after the first answer. */
async function setupToken(printed: () => string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const token = /#(?:.*&)?token=([\w.~-]+)/.exec(printed())?.[1];
    if (token !== undefined) return token;
    await sleep(20);
  }
  throw new Error(`Zendo printed no set-up link:\n${printed()}`);
}

/** Started as its container starts it: uvicorn with one process, and password log-in. Unlike there, it logs no requests. */
export async function zenml(): Promise<Kind> {
  const bin = join(await ensureServer(), 'bin');
  const key = randomBytes(32).toString('hex');
  return {
    name: 'ZenML',
    version: clientVersion,
    command: (folder, port) => ({
      command: join(bin, 'python'),
      args: [
        '-m',
        'uvicorn',
        'zenml.zen_server.zen_server_api:app',
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--no-server-header',
        '--log-level',
        'warning',
      ],
      env: {
        ZENML_CONFIG_PATH: folder,
        ZENML_ANALYTICS_OPT_IN: 'false',
        ZENML_LOGGING_VERBOSITY: 'WARN',
        ZENML_SERVER_DEPLOYMENT_TYPE: 'docker',
        ZENML_SERVER_JWT_SECRET_KEY: key,
      },
    }),
    setUp: async (url) => {
      const { username, password } = administrator;
      const body = JSON.stringify({ admin_username: username, admin_password: password, server_name: 'bench' });
      await ask(`${url}/activate`, { method: 'PUT', headers: json, body });
    },
    newUser: (name) => ({ name, is_admin: false }),
    cli: (args) => [join(bin, 'zenml'), [...args]],
  };
}
