// Knows: how the server calls an address that a person typed in: never one in a private network unless the settings name it, no
// redirects, little time, little text. Must not know: what for.
import { lookup, type LookupAddress } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { isIP } from 'node:net';
import { Refused } from '../kernel/errors.ts';
import { isPublic } from './stores/s3_endpoint.ts';

const [TIMEOUT, LONGEST] = [15_000, 262_144];

/** Is it an address that only machines of our own network should reach? What a mapped IPv6 address stands for counts. */
const isPrivateAddress = (address: string): boolean => !isPublic(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address);

export interface Outgoing {
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long all of it may take. */
  readonly milliseconds?: number;
}

/**
 * What `url` answers. `allowed` names hosts that may be private (`*`: all). Throws Refused where the address is none, is private, or
 * does not answer; the words hold the host and nothing that was sent.
 */
export const callOut = (url: string, allowed: string, { method, headers, body, milliseconds = TIMEOUT }: Outgoing): Promise<{ status: number; text: string }> => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
    throw new Refused('The address to call must be http:// or https://, without a user name or password in it');
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const names = allowed.split(',').map((name) => name.trim().toLowerCase());
  const free = names.includes('*') || names.includes(host.toLowerCase());
  const forbidden = new Refused(`${host} lies in a private network, which the server does not call; an operator can allow it with ZENDO_PRIVATE_HOSTS`);
  if (!free && isIP(host) !== 0 && isPrivateAddress(host)) throw forbidden;
  // The addresses are judged where they are used, so that a name cannot change its meaning in between.
  const judged = (name: string, options: object, done: (error: Error | null, address: string | LookupAddress[], family?: number) => void): void =>
    lookup(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, []);
      if (!free && found.some(({ address }) => isPrivateAddress(address))) return done(forbidden, []);
      return 'all' in options && options.all === true ? done(null, found) : done(null, found[0]!.address, found[0]!.family);
    });
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(
        error instanceof Refused
          ? error
          : ['AbortError', 'TimeoutError'].includes(error.name)
            ? new Refused(`${host} did not answer in time`)
            : new Refused(`${host} could not be reached (${(error as { code?: string }).code ?? 'no answer'})`),
      );
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = (parsed.protocol === 'https:' ? secure : plain)(
      parsed,
      { method, headers: { ...headers, ...length }, lookup: judged as never, signal: AbortSignal.timeout(milliseconds), agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
          if (text.length > LONGEST) sent.destroy(new Refused(`${host} answered too much`));
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', failed);
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
};
