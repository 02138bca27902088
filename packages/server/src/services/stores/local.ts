// Knows: how files below one folder of this machine are read without ever leaving it.
import { constants } from 'node:fs';
import { lstat, open, opendir, realpath, rm, type FileHandle } from 'node:fs/promises';
import { NotAllowed } from '../../kernel/errors.ts';
import { below, inside, MOST_NAMES, nothingAt, type Entry, type Listed, type Store } from './store.ts';

const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const GONE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);
const code = (error: unknown): string => (error as { code?: string }).code ?? '';

/** A folder as the client writes it, and where it really lies. */
export interface Folder {
  readonly path: string;
  readonly real: string;
}

/** The store of a folder. Links at or below it are not followed. */
export const localStore = (name: string, { path: root, real: realRoot }: Folder): Store => {
  const self = { name, root };
  /** Carries out what touches the disk; what is not there is null. */
  const attempt = async <T>(uri: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (GONE.has(code(error))) return null;
      if (['EACCES', 'EPERM'].includes(code(error))) throw new NotAllowed(`The server may not read '${uri}': the user that runs it lacks the right`);
      throw error;
    }
  };
  /** The real path; null where nothing is there or a link leads to it. */
  const real = async (uri: string): Promise<string | null> => {
    const rest = below(self, uri);
    const expected = `${realRoot}/${rest}`;
    return attempt(uri, async () => ((await realpath(`${root}/${rest}`)) === expected ? expected : null));
  };
  /** Opens a file and makes sure that it is the one that was judged: a folder may become a link in between. */
  const opened = async (uri: string): Promise<FileHandle> => {
    const path = await real(uri);
    const handle = path === null ? null : await attempt(uri, () => open(path, FLAGS));
    if (handle === null) throw nothingAt(self, uri);
    const [held, again] = [await handle.stat(), await real(uri)];
    const there = again === null ? null : await attempt(uri, () => lstat(again));
    if (held.isFile() && there !== null && there.dev === held.dev && there.ino === held.ino) return handle;
    await handle.close();
    throw nothingAt(self, uri);
  };
  const stat = async (uri: string): Promise<Entry | null> => {
    const path = await real(uri);
    const found = path === null ? null : await attempt(uri, () => lstat(path));
    if (found === null || !(found.isFile() || found.isDirectory())) return null;
    return found.isFile() ? { kind: 'file', size: found.size, modified: found.mtimeMs } : { kind: 'folder', size: 0, modified: found.mtimeMs };
  };
  return {
    name,
    root,
    stat,
    list: async (uri) => {
      const path = await real(uri);
      const folder = path === null ? null : await attempt(uri, () => opendir(path));
      if (folder === null) throw nothingAt(self, uri);
      const names: string[] = [];
      for await (const { name: child } of folder) {
        names.push(child);
        if (names.length > MOST_NAMES) throw new NotAllowed(`'${uri}' holds more than ${MOST_NAMES} names; read it with the client`);
      }
      const found: Listed[] = [];
      for (const child of names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
        const known = await lstat(`${path}/${child}`).catch(() => null);
        if (known?.isFile()) found.push({ name: child, kind: 'file', size: known.size, modified: known.mtimeMs });
        else if (known?.isDirectory()) found.push({ name: child, kind: 'folder', size: 0, modified: known.mtimeMs });
      }
      return found;
    },
    read: async (uri, from, to) => (await opened(uri)).createReadStream({ start: from, end: Math.max(from, to - 1), autoClose: true }),
    remove: async (uri) => {
      const path = await real(uri);
      if (path !== null) await attempt(uri, () => rm(path, { recursive: true, force: true }));
    },
  };
};

const trimmed = (path: string): string => path.trim().replace(/(?<=.)\/+$/, '');
const reals = async (paths: readonly string[]): Promise<readonly Folder[]> =>
  (await Promise.all(paths.map(async (path) => ({ path, real: await realpath(path).catch(() => '') })))).filter(({ real }) => real !== '');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const hint = 'set ZENDO_LOCAL_STORES to the folders that it may read (docs/settings.md), or use a store such as S3';

/**
 * The root of a local component: its configured path, or the folder of its id where it has none. Throws NotAllowed unless that lies in one of
 * the listed folders and holds no folder of another component. `others` are paths of stores that the caller may not read.
 */
export const localRoot = async (
  component: { readonly id: string; readonly name: string; readonly path: string },
  listed: string,
  others: readonly string[],
): Promise<Folder> => {
  const folders = await reals(
    listed
      .split(':')
      .map(trimmed)
      .filter((path) => path.startsWith('/')),
  );
  if (folders.length === 0) throw new NotAllowed(`Files in a local artifact store cannot be accessed from this server: ${hint}`);
  const path = trimmed(component.path);
  if (path === '') return defaultRoot(folders, component.id);
  const real = path.startsWith('/') ? await realpath(path).catch(() => null) : null;
  // What could be spelled in two ways would have two names for each thing in it.
  const folder = folders.find((one) => real !== null && inside(one.real, real) && path === one.path + real.slice(one.real.length));
  if (real === null || folder === undefined)
    throw new NotAllowed(`The folder of the artifact store '${component.name}' is not there, or not among those that this server may read; ${hint}`);
  const taken = [...(await reals(others)).map((one) => one.real), ...others];
  const shared = taken.some((other) => inside(other, real) || inside(real, other)) || folders.some((one) => one.real !== real && inside(real, one.real));
  if (shared || (await ofAnother(real, folder, component.id)))
    throw new NotAllowed(`The folder of the artifact store '${component.name}' belongs to another store as well; give it a folder of its own`);
  return { path, real };
};

/** Folders named by an id are those of components without a path of their own, also of components that are gone. */
const ofAnother = async (real: string, folder: Folder, id: string): Promise<boolean> => {
  const foreign = (name: string) => UUID.test(name) && name.toLowerCase() !== id;
  if (real !== folder.real) return foreign(real.slice(folder.real.length + 1).split('/')[0]!);
  for await (const { name } of await opendir(real)) if (foreign(name)) return true;
  return false;
};

const defaultRoot = async (folders: readonly Folder[], id: string): Promise<Folder> => {
  const at = (folder: Folder) => ({ path: `${folder.path}/${id}`, real: `${folder.real}/${id}` });
  for (const folder of folders) if ((await lstat(at(folder).real).catch(() => null))?.isDirectory() === true) return at(folder);
  return at(folders[0]!);
};
