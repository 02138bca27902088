// Knows: what can be asked of any artifact store. Must not know: which kinds there are, who asks, HTTP.
import { NotAllowed, NotFound } from '../../kernel/errors.ts';

export interface Entry {
  readonly kind: 'file' | 'folder';
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since 1970; 0 where the store does not say. */
  readonly modified: number;
}
export interface Listed extends Entry {
  readonly name: string;
}

/** An artifact store, read below its root and nowhere else. Every method throws NotFound for a URI that is not below it. */
export interface Store {
  /** Name of the component, for messages. */
  readonly name: string;
  readonly root: string;
  /** What lies there, or null. */
  readonly stat: (uri: string) => Promise<Entry | null>;
  /** What lies in a folder, by name. Throws NotAllowed where there is more than `MOST_NAMES`. */
  readonly list: (uri: string) => Promise<readonly Listed[]>;
  /** The bytes of a file from `from` up to, not including, `to`. Throws NotFound where there is no file. */
  readonly read: (uri: string, from: number, to: number) => Promise<AsyncIterable<Uint8Array>>;
  /** Removes a file, or a folder with all that is in it; nothing happens where there is nothing. */
  readonly remove: (uri: string) => Promise<void>;
}

export const MOST_NAMES = 10_000;
const DEEPEST = 32;

/** The same words for what is missing and for what lies elsewhere: a store is no means of finding out what else there is. */
export const nothingAt = (store: { readonly name: string }, uri: string): NotFound => new NotFound(`There is nothing at '${uri}' in the artifact store '${store.name}'`);

/**
 * The part of a URI below a root, without a slash at its end. Throws NotFound for the root itself, for whatever is not below it,
 * and for what could be read in two ways: empty parts, `.`, `..`, backslashes, control characters. Nothing is decoded: `%2e` is a name.
 */
export const below = (store: { readonly name: string; readonly root: string }, uri: string): string => {
  const rest = uri.startsWith(`${store.root}/`) ? uri.slice(store.root.length + 1).replace(/\/$/, '') : '';
  // oxlint-disable-next-line no-control-regex
  const clean = rest.length > 0 && rest.length <= 4_000 && !/[\\\u0000-\u001f\u007f]/.test(rest);
  if (!clean || rest.split('/').some((part) => part === '' || part === '.' || part === '..')) throw nothingAt(store, uri);
  return rest;
};

/** True where one path is the other, or lies in it. */
export const inside = (folder: string, path: string): boolean => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

export interface Found {
  /** Path from where the walk began; empty for a file at the very place. */
  readonly path: string;
  readonly uri: string;
  readonly size: number;
}
/** All files at or below a place, in order. Throws NotFound where there is nothing, NotAllowed beyond `limit` files or 32 levels. */
export const filesBelow = async (store: Store, uri: string, limit = MOST_NAMES): Promise<readonly Found[]> => {
  const top = await store.stat(uri);
  if (top === null) throw nothingAt(store, uri);
  if (top.kind === 'file') return [{ path: '', uri, size: top.size }];
  const found: Found[] = [];
  const visit = async (folder: string, path: string, depth: number): Promise<void> => {
    if (depth > DEEPEST) throw new NotAllowed(`'${uri}' has more than ${DEEPEST} levels of folders; read it with the client`);
    for (const entry of await store.list(folder)) {
      const [at, inner] = [`${folder}/${entry.name}`, path === '' ? entry.name : `${path}/${entry.name}`];
      if (entry.kind === 'folder') await visit(at, inner, depth + 1);
      else found.push({ path: inner, uri: at, size: entry.size });
      if (found.length > limit) throw new NotAllowed(`'${uri}' holds more than ${limit} files; read it with the client`);
    }
  };
  await visit(uri.replace(/\/$/, ''), '', 0);
  return found;
};

/** The bytes of a part of a file, in memory: `to - from` is the caller's bound. */
export const bytes = async (store: Store, uri: string, from: number, to: number): Promise<Buffer> => {
  if (to <= from) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of await store.read(uri, from, to)) {
    parts.push(part);
    length += part.length;
    if (length >= to - from) break;
  }
  return Buffer.concat(parts).subarray(0, to - from);
};

/** A whole file as bytes. Throws NotFound where there is none, NotAllowed where it is larger than `most`. */
export const wholeFile = async (store: Store, uri: string, most: number): Promise<Buffer> => {
  const entry = await store.stat(uri);
  if (entry?.kind !== 'file') throw nothingAt(store, uri);
  if (entry.size > most)
    throw new NotAllowed(`'${uri}' has ${entry.size} bytes, more than the ${most} that one answer may carry (ZENDO_STORE_ANSWER_BYTES); download it`);
  return bytes(store, uri, 0, entry.size);
};
