// Knows: how the server calls an address that a person typed in: never one in a private network unless the settings name it, no
// redirects, little time, little text. Must not know: what for.
import { lookup, type LookupAddress } from 'node:dns';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { Refused } from '../kernel/errors.ts';

const [TIMEOUT, LONGEST] = [15_000, 262_144];
const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(net, bits, 'ipv6');

/** Is it an address that only machines of our own network should reach? */
export const isPrivateAddress = (address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return closed.check(mapped, 'ipv4');
  return closed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') || /^::ffff:/i.test(address);
};

export interface Outgoing {
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * What `url` answers. `allowed` names hosts that may be private (`*`: all). Throws Refused where the address is none, is private, or
 * does not answer; the words hold the host and nothing that was sent.
 */
export const callOut = (url: string, allowed: string, { method, headers, body }: Outgoing): Promise<{ status: number; text: string }> => {
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
      reject(error instanceof Refused ? error : new Refused(`${host} could not be reached (${(error as { code?: string }).code ?? 'no answer'})`));
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = (parsed.protocol === 'https:' ? secure : plain)(
      parsed,
      { method, headers: { ...headers, ...length }, lookup: judged as never, timeout: TIMEOUT, agent: false },
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
    sent.on('timeout', () => sent.destroy(new Refused(`${host} did not answer in time`)));
    sent.on('error', failed);
    sent.end(body);
  });
};
