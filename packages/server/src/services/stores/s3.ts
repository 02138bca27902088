// Knows: how objects below one prefix of an S3 bucket are read and listed. Must not know: whose credentials these are.
import { XMLParser } from 'fast-xml-parser';
import { NotAllowed, Unavailable } from '../../kernel/errors.ts';
import { judgeEndpoint } from './s3_endpoint.ts';
import { ask, bodyOf, textOf, type Asked, type Connection } from './s3_request.ts';
import { below, MOST_NAMES, nothingAt, type Entry, type Listed, type Store } from './store.ts';

const parser = new XMLParser({ parseTagValue: false, processEntities: false, ignoreAttributes: true, isArray: (name) => ['Contents', 'CommonPrefixes'].includes(name) });
interface Found {
  readonly key: string;
  readonly size: number;
  readonly modified: number;
}
interface Listing {
  readonly objects: readonly Found[];
  readonly prefixes: readonly string[];
  readonly next: string | null;
}

/** A key as lists write it with `encoding-type=url`; null for what no key can be. */
const decoded = (text: unknown): string | null => {
  try {
    return decodeURIComponent(String(text ?? '').replaceAll('+', ' '));
  } catch {
    return null;
  }
};

const parsed = (text: string): unknown => {
  try {
    return (parser.parse(text) as { ListBucketResult?: unknown }).ListBucketResult;
  } catch {
    return undefined;
  }
};
/** What a list says; null for what is none. */
const listing = (text: string): Listing | null => {
  const result = parsed(text) as Record<string, unknown> | string | undefined;
  if (result === undefined || result === null) return null;
  if (typeof result === 'string') return { objects: [], prefixes: [], next: null };
  const contents = (result['Contents'] ?? []) as readonly Record<string, unknown>[];
  return {
    objects: contents.flatMap((one) => {
      const key = decoded(one['Key']);
      return key === null ? [] : [{ key, size: Number(one['Size']) || 0, modified: Date.parse(String(one['LastModified'])) || 0 }];
    }),
    prefixes: ((result['CommonPrefixes'] ?? []) as readonly Record<string, unknown>[]).flatMap((one) => decoded(one['Prefix']) ?? []),
    next: String(result['IsTruncated']) === 'true' && typeof result['NextContinuationToken'] === 'string' ? result['NextContinuationToken'] : null,
  };
};

/** A name that `below` takes again. */
// oxlint-disable-next-line no-control-regex
const isName = (name: string): boolean => name !== '' && name !== '.' && name !== '..' && !/[\\/\u0000-\u001f\u007f]/.test(name);

/** The store of a bucket, or of a prefix in it: `root` is `s3://bucket[/prefix]`. */
export const s3Store = (root: string, connection: Connection): Store => {
  const self = { name: connection.name, root };
  const prefix = root.slice('s3://'.length).split('/').slice(1).join('/');
  const keyOf = (uri: string): string => (prefix === '' ? below(self, uri) : `${prefix}/${below(self, uri)}`);
  let to = connection;
  /** The same bucket in another region of the provider; remembered. */
  const moved = (region: string): Connection => (to = { ...connection, region, endpoint: judgeEndpoint(null, region, new Set()) });
  const asked = (what: Asked) => ask(to, what, moved);
  const page = async (query: Readonly<Record<string, string>>): Promise<Listing> => {
    const answer = await asked({ method: 'GET', key: '', query: { 'list-type': '2', 'encoding-type': 'url', ...query } });
    if (answer === null) throw new Unavailable(`There is no bucket '${connection.bucket}' where the artifact store '${connection.name}' looks for it`, 503);
    const found = listing(await textOf(to, answer));
    if (found === null) throw new Unavailable(`What answers for the artifact store '${connection.name}' is no S3`, 503);
    return found;
  };
  const pages = async function* (query: Readonly<Record<string, string>>): AsyncGenerator<Listing> {
    let next: string | null = null;
    let count = 0;
    do {
      const one: Listing = await page(next === null ? query : { ...query, 'continuation-token': next });
      yield one;
      [next, count] = [one.next, count + one.objects.length + one.prefixes.length];
      if (count > MOST_NAMES) throw new NotAllowed(`More than ${MOST_NAMES} objects lie there; use the client`);
    } while (next !== null);
  };
  const stat = async (uri: string): Promise<Entry | null> => {
    const key = keyOf(uri);
    const answer = uri.endsWith('/') ? null : await asked({ method: 'HEAD', key });
    if (answer !== null) {
      answer.resume();
      return { kind: 'file', size: Number(answer.headers['content-length']) || 0, modified: Date.parse(String(answer.headers['last-modified'])) || 0 };
    }
    const inner = await page({ prefix: `${key}/`, 'max-keys': '1' });
    return inner.objects.length + inner.prefixes.length > 0 ? { kind: 'folder', size: 0, modified: 0 } : null;
  };
  return {
    name: connection.name,
    root,
    stat,
    list: async (uri) => {
      const start = `${keyOf(uri)}/`;
      const found: Listed[] = [];
      for await (const { objects, prefixes } of pages({ prefix: start, delimiter: '/' })) {
        const inside = (key: string) => (key.startsWith(start) ? key.slice(start.length) : '');
        for (const { key, size, modified } of objects) found.push({ name: inside(key), kind: 'file', size, modified });
        for (const one of prefixes) found.push({ name: inside(one).replace(/\/$/, ''), kind: 'folder', size: 0, modified: 0 });
      }
      return found.filter(({ name }) => isName(name)).toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    },
    read: async (uri, from, to_) => {
      const answer = await asked({ method: 'GET', key: keyOf(uri), range: `bytes=${from}-${Math.max(from, to_ - 1)}` });
      if (answer === null) throw nothingAt(self, uri);
      if (answer.statusCode === 206 || from === 0) return bodyOf(to, answer);
      answer.destroy();
      throw new Unavailable(`The artifact store '${connection.name}' does not give parts of files`, 503);
    },
    remove: async (uri) => {
      const key = keyOf(uri);
      const doomed = [key];
      for await (const { objects } of pages({ prefix: `${key}/` })) doomed.push(...objects.map((one) => one.key).filter((one) => one.startsWith(`${key}/`)));
      for (let i = 0; i < doomed.length; i += 8) await Promise.all(doomed.slice(i, i + 8).map(async (one) => (await asked({ method: 'DELETE', key: one }))?.resume()));
    },
  };
};
