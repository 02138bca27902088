// Knows: how one signed request to S3 is sent. Redirects are never followed, no proxy and nothing of the server's own environment is used.
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AwsV4Signer } from 'aws4fetch';
import { NotAllowed, NotFound, Unavailable } from '../../kernel/errors.ts';
import { guardedLookup, type Endpoint, type Lookup } from './s3_endpoint.ts';

export interface Credentials {
  readonly key: string;
  readonly secret: string;
  readonly token: string | null;
}
export interface Connection {
  /** Name of the component, for messages. */
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly region: string;
  readonly bucket: string;
  /** The bucket in the path, not in the host name. */
  readonly in_path: boolean;
  readonly credentials: Credentials;
  readonly milliseconds: number;
  readonly lookup?: Lookup | undefined;
}
export interface Asked {
  readonly method: 'GET' | 'HEAD' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly range?: string;
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const agents = { 'http:': new HttpAgent({ keepAlive: false, maxSockets: 64 }), 'https:': new HttpsAgent({ keepAlive: true, maxSockets: 64 }) };
/** Every character that could mean something else is encoded: `+`, too. */
const encoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const urlOf = (to: Connection, asked: Asked): URL => {
  const url = new URL(to.endpoint.url);
  const path = asked.key.split('/').map(encoded).join('/');
  if (!to.in_path) url.hostname = `${to.bucket}.${url.hostname}`;
  const query = Object.entries(asked.query ?? {}).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return new URL(`${url.origin}/${to.in_path ? `${encoded(to.bucket)}/` : ''}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`);
};

const away = (to: Connection, why: string): Unavailable => new Unavailable(`The artifact store '${to.name}' cannot be reached: ${why}`, 503, 30);
const reason = (error: unknown): string => {
  const { code, name } = error as { code?: string; name?: string };
  if (name === 'AbortError' || name === 'TimeoutError') return 'it did not answer in time (ZENDO_S3_SECONDS)';
  return code === undefined ? (error as Error).message.slice(0, 100) : `the connection failed (${code})`;
};

/** Sends a request and gives back the answer as it is, its body unread. Throws Unavailable where none comes. */
const send = async (to: Connection, asked: Asked): Promise<IncomingMessage> => {
  const url = urlOf(to, asked);
  const signed = await new AwsV4Signer({
    method: asked.method,
    url: url.href,
    headers: { 'x-amz-content-sha256': EMPTY_SHA256, ...(asked.range === undefined ? {} : { range: asked.range }) },
    accessKeyId: to.credentials.key,
    secretAccessKey: to.credentials.secret,
    ...(to.credentials.token === null ? {} : { sessionToken: to.credentials.token }),
    service: 's3',
    region: to.region,
  }).sign();
  const headers = Object.fromEntries(signed.headers as unknown as Iterable<[string, string]>);
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(signed.url, {
      method: asked.method,
      headers,
      agent: agents[secure ? 'https:' : 'http:'],
      lookup: guardedLookup(to.endpoint, to.lookup) as never,
      maxHeaderSize: 32_768,
    });
    let come: IncomingMessage | null = null;
    const late = () => (come ?? request).destroy(Object.assign(new Error('late'), { name: 'TimeoutError' }));
    const timer = setTimeout(late, to.milliseconds);
    // A body that stops coming is given up as well.
    request.setTimeout(to.milliseconds, late);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(away(to, reason(error)));
    });
    request.on('response', (answer) => {
      clearTimeout(timer);
      come = answer;
      resolve(answer);
    });
    request.end();
  });
};

/** The bytes of an answer. Throws Unavailable where they stop coming. */
export const bodyOf = async function* (to: Connection, answer: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* answer;
  } catch (error) {
    throw away(to, reason(error));
  }
};

const MOST_TEXT = 8 << 20;
/** A body as text. Throws Unavailable where it is larger than any answer that makes sense. */
export const textOf = async (to: Connection, answer: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bodyOf(to, answer)) {
    size += part.length;
    if (size > MOST_TEXT) break;
    parts.push(part);
  }
  if (size > MOST_TEXT) throw away(to, 'it answers what is no list of objects');
  return Buffer.concat(parts).toString('utf8');
};

/** The region in which a bucket lies, where an answer says that it is another one; only a name of the provider is believed. */
const otherRegion = (to: Connection, answer: IncomingMessage): string | null => {
  const said = answer.headers['x-amz-bucket-region'];
  return !to.endpoint.listed && typeof said === 'string' && said !== to.region && /^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/.test(said) ? said : null;
};

/**
 * The answer to a request, or null for what is not there. Throws NotAllowed where the store refuses the credentials, Unavailable for everything
 * else that goes wrong. Nothing of a body that reports an error is passed on: it may repeat what was sent.
 */
export const ask = async (to: Connection, asked: Asked, again: (region: string) => Connection | null = () => null): Promise<IncomingMessage | null> => {
  const answer = await send(to, asked);
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  answer.destroy();
  if (status === 404 || status === 416) return null;
  const region = status === 301 || status === 307 || status === 400 ? otherRegion(to, answer) : null;
  const there = region === null ? null : again(region);
  if (there !== null) return ask(there, asked);
  if (status >= 300 && status < 400) throw away(to, `it sends the server elsewhere (${status}), and redirects are not followed`);
  if (status === 401 || status === 403)
    throw new NotAllowed(`The artifact store '${to.name}' refuses its own credentials (${status}); see to the component’s configuration`);
  if (status === 400) throw new NotFound(`The artifact store '${to.name}' does not understand the request (400); see to its path, region and credentials`);
  throw away(to, `it answers ${status}`);
};
