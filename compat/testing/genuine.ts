// The genuine server of the version that Zendo speaks, as the oracle: started on a folder of its own, set up, stopped.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zenml } from '../../bench/lib/kinds.ts';
import { administrator, start } from '../../bench/lib/server.ts';

export type Genuine = { readonly url: string; readonly folder: string; readonly close: () => Promise<void> };
export const GENUINE_ADMIN = administrator;

/** Starts a genuine server; its Python environment is made where it is not there yet. */
export const startGenuine = async (): Promise<Genuine> => {
  const folder = mkdtempSync(join(tmpdir(), 'zendo-oracle-'));
  const kind = await zenml();
  const running = await start(kind, folder);
  await kind.setUp(running.url, running.printed);
  return {
    url: running.url.replace(/\/api\/v1$/, ''),
    folder,
    close: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
