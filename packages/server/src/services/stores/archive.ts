// Knows: how what lies at a place becomes one file to save. Must not know: HTTP, who asks.
import { createGzip } from 'node:zlib';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { NotAllowed, Unavailable } from '../../kernel/errors.ts';
import { filesBelow, type Found, type Store } from './store.ts';

/** All files at a place. Throws NotFound where there is nothing, NotAllowed where they are larger than `most` together. */
export const downloadable = async (store: Store, uri: string, most: number): Promise<readonly Found[]> => {
  const files = await filesBelow(store, uri);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > most) throw new NotAllowed(`'${uri}' has ${size} bytes; this server lets at most ${most} be downloaded (ZENDO_DOWNLOAD_BYTES)`);
  return files;
};

/** Exactly `size` bytes of a file. Throws where it became shorter: the reader then gets a broken download, not a wrong one. */
const exactly = async function* (store: Store, uri: string, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  if (size === 0) return;
  for await (const part of await store.read(uri, 0, size)) {
    const taken = part.subarray(0, left);
    left -= taken.length;
    yield taken;
    if (left === 0) return;
  }
  throw new Error(`'${uri}' became shorter while it was sent`);
};

/** One file as it is. */
export const plain = (store: Store, file: { readonly uri: string; readonly size: number }): AsyncIterable<Uint8Array> => exactly(store, file.uri, file.size);

/** Files as a .tar.gz, made while it is read. */
export const archived = (store: Store, files: readonly Found[], base: string): AsyncIterable<Uint8Array> => {
  const tar = pack();
  const fill = async () => {
    for (const file of files) {
      const entry = tar.entry({ name: file.path === '' ? base : file.path, size: file.size, mode: 0o644 });
      await pipeline(exactly(store, file.uri, file.size), entry as unknown as Writable);
    }
    tar.finalize();
  };
  const gzip = createGzip();
  // What goes wrong on one side ends the other; the reader of the archive sees it there.
  pipeline(tar as unknown as Readable, gzip).catch((error: Error) => gzip.destroy(error));
  fill().catch((error: Error) => gzip.destroy(error));
  return gzip;
};

let sending = 0;
/** A stream that counts among those that are sent at once. Throws Unavailable (503) where there are too many. */
export const counted = (most: number, open: () => AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => {
  if (sending >= most) throw new Unavailable('Too many downloads at once; try again in a moment', 503, 5);
  sending += 1;
  let counts = true;
  const release = (): void => {
    if (counts) sending -= 1;
    counts = false;
  };
  // Whoever goes before the first byte is read ends what no generator has begun, and would be counted for ever.
  let inner: AsyncIterator<Uint8Array> | null = null;
  const iterator: AsyncIterator<Uint8Array> = {
    next: async () => {
      try {
        inner ??= open()[Symbol.asyncIterator]();
        const result = await inner.next();
        if (result.done === true) release();
        return result;
      } catch (error) {
        release();
        throw error;
      }
    },
    return: async () => {
      release();
      await inner?.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
};
