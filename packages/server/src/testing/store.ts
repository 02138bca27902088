// A server that may read local stores below a folder of its own, and components whose files lie there.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { StartOptions } from '../main.ts';
import { unused } from './pipelines.ts';
import { testServer, type Dialect, type Person, type TestServer } from './server.ts';

export interface StoreServer extends TestServer {
  /** The folder of the setting. */
  readonly folder: string;
  /** A local artifact store of this person, with a configuration or in the folder of its id. */
  readonly store: (owner: Person, more?: object, configuration?: object) => Promise<{ readonly id: string; readonly root: string }>;
  /** Writes a file and returns its path. */
  readonly write: (path: string, text: string | Uint8Array) => string;
}

export const storeServer = async (dialect: Dialect, options: StartOptions = {}): Promise<StoreServer> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'zendo-stores-')));
  const server = await testServer(dialect, { local_stores: folder, ...options });
  return {
    ...server,
    folder,
    store: async (owner, more = {}, configuration = {}) => {
      const { status, body, text } = await owner.post('/components', { name: unused('store'), type: 'artifact_store', flavor: 'local', configuration, ...more });
      expect(status, text).toBe(200);
      return { id: body.id, root: (configuration as { path?: string }).path ?? join(folder, body.id) };
    },
    write: (path, text) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
