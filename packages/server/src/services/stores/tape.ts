// Knows: a log as one row of bytes, though it may lie in several files, and its lines, from either end. Must not know: what a line says.
import { bytes, nothingAt, type Store } from './store.ts';

export interface Tape {
  readonly size: number;
  /** Where each file begins and ends; a line never goes over the end of a file. */
  readonly files: readonly { readonly uri: string; readonly from: number; readonly to: number }[];
  readonly read: (from: number, to: number) => Promise<Buffer>;
}
export interface Line {
  readonly text: string;
  readonly from: number;
  /** Where the next line begins. */
  readonly to: number;
  /** False where it ends because the log does: its writer may not be done with it. */
  readonly complete: boolean;
}

/** Longest line that is shown; of a longer one its beginning (or, from behind, its end). */
const LONGEST = 1 << 20;
const FIRST_BLOCK = 1 << 16;
const LARGEST_BLOCK = 1 << 20;
const NEWLINE = 10;

/**
 * The log at a URI: a file, or a folder whose files follow each other by name, as the client writes them where files cannot grow.
 * Positions survive when the client merges such files. Throws NotFound where there is nothing.
 */
export const tapeOf = async (store: Store, uri: string): Promise<Tape> => {
  const entry = await store.stat(uri);
  if (entry === null) throw nothingAt(store, uri);
  const found =
    entry.kind === 'file'
      ? [{ uri, size: entry.size }]
      : (await store.list(uri)).filter((one) => one.kind === 'file').map((one) => ({ uri: `${uri}/${one.name}`, size: one.size }));
  let size = 0;
  const files = found.map((one) => ({ uri: one.uri, from: size, to: (size += one.size) }));
  const read = async (from: number, to: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (const file of files) {
      const [first, last] = [Math.max(from, file.from), Math.min(to, file.to)];
      if (first < last) parts.push(await bytes(store, file.uri, first - file.from, last - file.from));
    }
    return Buffer.concat(parts);
  };
  return { size, files, read };
};

/** The lines from a position on. A position within a line begins with the next one. */
export const forward = async function* (tape: Tape, position: number): AsyncGenerator<Line> {
  for (const file of tape.files) {
    if (file.to <= position) continue;
    let from = Math.max(file.from, position);
    let skipping = from > file.from && (await tape.read(from - 1, from))[0] !== NEWLINE;
    let kept: Buffer = Buffer.alloc(0);
    let block = FIRST_BLOCK;
    for (let at = from; at < file.to; block = Math.min(block * 2, LARGEST_BLOCK)) {
      const read = await tape.read(at, Math.min(at + block, file.to));
      // It became shorter while it was read.
      if (read.length === 0) return;
      let start = 0;
      for (let end = read.indexOf(NEWLINE); end !== -1; end = read.indexOf(NEWLINE, start)) {
        const to = at + end + 1;
        if (!skipping)
          yield {
            text: Buffer.concat([kept, read.subarray(start, end)])
              .subarray(0, LONGEST)
              .toString('utf8'),
            from,
            to,
            complete: true,
          };
        [skipping, kept, from, start] = [false, Buffer.alloc(0), to, end + 1];
      }
      if (kept.length < LONGEST) kept = Buffer.concat([kept, read.subarray(start)]);
      at += read.length;
    }
    if (kept.length > 0 && !skipping) yield { text: kept.subarray(0, LONGEST).toString('utf8'), from, to: file.to, complete: file.to !== tape.size };
  }
};

/** The lines before a position, the last first. */
export const backward = async function* (tape: Tape, position: number): AsyncGenerator<Line> {
  for (const file of tape.files.toReversed()) {
    if (file.from >= position) continue;
    let to = Math.min(file.to, position);
    let kept: Buffer = Buffer.alloc(0);
    let block = FIRST_BLOCK;
    // The newline that ends the last line is no line of its own.
    let at = to;
    let complete = to !== tape.size;
    if ((await tape.read(to - 1, to))[0] === NEWLINE) [at, complete] = [to - 1, true];
    for (; at > file.from; block = Math.min(block * 2, LARGEST_BLOCK)) {
      const first = Math.max(file.from, at - block);
      const read = await tape.read(first, at);
      if (read.length < at - first) return;
      let end = read.length;
      for (let newline = read.lastIndexOf(NEWLINE); newline !== -1; newline = newline === 0 ? -1 : read.lastIndexOf(NEWLINE, newline - 1)) {
        const from = first + newline + 1;
        yield {
          text: Buffer.concat([read.subarray(newline + 1, end), kept])
            .subarray(0, LONGEST)
            .toString('utf8'),
          from,
          to,
          complete,
        };
        [kept, to, end, complete] = [Buffer.alloc(0), from, newline, true];
      }
      if (kept.length < LONGEST) kept = Buffer.concat([read.subarray(0, end), kept]);
      at = first;
    }
    yield { text: kept.subarray(0, LONGEST).toString('utf8'), from: file.from, to, complete };
  }
};
