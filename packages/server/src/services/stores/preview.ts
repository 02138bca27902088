// Knows: what of an artifact can be shown without its Python class. Nothing is ever unpickled: what only Python can read is named as such.
import { createHash } from 'node:crypto';
import { parseJson } from '../../kernel/json.ts';
import { bytes, filesBelow, type Found, type Store } from './store.ts';

export interface Preview {
  readonly kind: 'json' | 'text' | 'table' | 'none';
  readonly file: string | null;
  readonly value: unknown;
  readonly truncated: boolean;
  /** Why there is nothing to show. */
  readonly reason: string | null;
  readonly size: number;
  readonly sha256: string | null;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

const HEAD = 65_536;
const ROWS = 50;
const FILES = 100;
const KINDS: Readonly<Record<string, Preview['kind']>> = {
  json: 'json',
  csv: 'table',
  txt: 'text',
  md: 'text',
  html: 'text',
  log: 'text',
  yaml: 'text',
  yml: 'text',
  xml: 'text',
};
const kindOf = (path: string): Preview['kind'] => KINDS[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'none';
/** Names under which the client's own materializers write, the best first. */
const FIRST = ['data.json', 'data_v2.json', 'output.csv', 'output.md', 'output.json', 'output.html', 'uuid.txt', 'data.txt'];

/** The rows of a text with commas; quotes as in RFC 4180. */
const rowsOf = (text: string, most: number): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  for (let i = 0; i < text.length && rows.length < most; i += 1) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') [cell, i] = [`${cell}"`, i + 1];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === ',') [row, cell] = [[...row, cell], ''];
    else if (c === '\n') [row, cell] = [(rows.push([...row, cell]), []), ''];
    else if (c !== '\r') cell += c;
  }
  if (rows.length < most && (cell !== '' || row.length > 0)) rows.push([...row, cell]);
  return rows;
};

const contentOf = (kind: Preview['kind'], head: Buffer, whole: boolean): Pick<Preview, 'kind' | 'value' | 'truncated' | 'reason'> => {
  // A character that the end cuts in two does not count.
  const text = new TextDecoder('utf-8').decode(head, { stream: !whole });
  if (text.includes('\0') || text.includes('\ufffd')) return { kind: 'none', value: null, truncated: false, reason: 'It is no text.' };
  if (kind === 'json' && whole) {
    try {
      return { kind, value: parseJson(text), truncated: false, reason: null };
    } catch {
      return { kind: 'text', value: text, truncated: false, reason: null };
    }
  }
  if (kind !== 'table') return { kind: 'text', value: text, truncated: !whole, reason: null };
  const rows = rowsOf(text, ROWS + 1);
  const shown = !whole && rows.length <= ROWS ? rows.slice(0, -1) : rows.slice(0, ROWS);
  return { kind, value: shown, truncated: !whole || rows.length > ROWS, reason: null };
};

const fileToShow = (files: readonly Found[]): Found | undefined => {
  const named = FIRST.map((name) => files.find((file) => file.path === name)).find((file) => file !== undefined);
  if (named !== undefined) return named;
  const readable = files.filter((file) => kindOf(file.path === '' ? file.uri : file.path) !== 'none');
  return readable.length === 1 ? readable[0] : undefined;
};

/** What lies at the place of an artifact, and its beginning where that is text. Throws NotFound where there is nothing. */
export const previewOf = async (store: Store, uri: string): Promise<Preview> => {
  const files = await filesBelow(store, uri);
  const base = {
    size: files.reduce((sum, file) => sum + file.size, 0),
    files: files.slice(0, FILES).map(({ path, size }) => ({ path, size })),
    sha256: null,
    file: null,
    value: null,
    truncated: false,
  };
  const file = fileToShow(files);
  if (file === undefined) {
    const pickled = files.some((one) => /\.(pkl|pickle|joblib|cloudpickle|pt|pth)$/i.test(one.path));
    return {
      ...base,
      kind: 'none',
      reason: pickled ? 'It is pickled: opening it would run code, so only the client does.' : 'None of its files is text of a kind that can be shown.',
    };
  }
  const name = file.path === '' ? file.uri : file.path;
  const head = await bytes(store, file.uri, 0, Math.min(file.size, HEAD));
  const whole = head.length === file.size;
  return { ...base, file: name, sha256: whole ? createHash('sha256').update(head).digest('hex') : null, ...contentOf(kindOf(name), head, whole) };
};
