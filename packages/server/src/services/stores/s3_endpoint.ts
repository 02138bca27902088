// Knows: to which addresses the server may connect for S3. A component's configuration is written by clients, and the server may reach what they do not.
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { NotAllowed } from '../../kernel/errors.ts';

/** Addresses that are no public host's. */
const special = new BlockList();
const SPECIAL: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // IPv6 beside 2000::/3 has no public hosts; within it, these carry or stand for others.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
for (const [address, bits] of SPECIAL) special.addSubnet(address, bits, address.includes(':') ? 'ipv6' : 'ipv4');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addAddress('fd00:ec2::254', 'ipv6');

/** True for an address of the public internet. */
export const isPublic = (address: string): boolean => {
  const version = isIP(address);
  if (version === 4) return !special.check(address, 'ipv4');
  return version === 6 && global6.check(address, 'ipv6') && !special.check(address, 'ipv6');
};
/** Where machines find the credentials of the cloud they run in; what a mapped IPv6 address stands for counts too. */
const isLinkLocal = (address: string): boolean => isIP(address) === 0 || linkLocal.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

export interface Endpoint {
  readonly url: URL;
  /** Listed by whoever runs the server. */
  readonly listed: boolean;
}

const noRegion = (region: string): NotAllowed => new NotAllowed(`'${region.slice(0, 40)}' is no region of S3`);
/** Other providers name theirs as they like; it becomes part of a header. */
const ANY_REGION = /^[A-Za-z0-9_-]{1,64}$/;
const REGION = /^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/;
const OWN_NAME = /^s3([.-](dualstack\.)?[a-z]{2}(-[a-z]+){1,3}-\d{1,2})?\.amazonaws\.com(\.cn)?$/;

/** The provider's public name for a region. Throws NotAllowed for what is none of its regions. */
const publicHost = (region: string): string => {
  if (!REGION.test(region)) throw noRegion(region);
  return `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
};

/** Addresses in the setting ZENDO_S3_ENDPOINTS, each `scheme://host[:port]`. Throws where one is none. */
export const listedOrigins = (setting: string): ReadonlySet<string> =>
  new Set(
    setting
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => {
        if (!URL.canParse(text) || !['http:', 'https:'].includes(new URL(text).protocol))
          throw new Error(`ZENDO_S3_ENDPOINTS: '${text}' is no address such as https://minio.example.org:9000`);
        return new URL(text).origin;
      }),
  );

/**
 * The endpoint to which a store may connect: the one of its configuration if it is listed or a public one of the provider, else the provider's
 * for the region. Throws NotAllowed.
 */
export const judgeEndpoint = (given: string | null, region: string, listed: ReadonlySet<string>): Endpoint => {
  if (!ANY_REGION.test(region)) throw noRegion(region);
  const text = given ?? `https://${publicHost(region)}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '' && url.pathname === '/';
  if (url === null || !plain || !['http:', 'https:'].includes(url.protocol))
    throw new NotAllowed('The endpoint of the artifact store is no address such as https://minio.example.org:9000');
  if (listed.has(url.origin)) return { url, listed: true };
  if (url.protocol === 'https:' && url.port === '' && OWN_NAME.test(url.hostname)) return { url, listed: false };
  throw new NotAllowed(`The server does not connect to '${url.origin}'; whoever runs it can list that address in ZENDO_S3_ENDPOINTS`);
};

export type Lookup = (host: string, options: { readonly all: true }, done: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void;
type Done = (error: Error | null, address?: string | readonly LookupAddress[], family?: number) => void;

/** A look-up for connections that answers only with addresses to which the endpoint may lead, at the moment of connecting: a name may change its mind. */
export const guardedLookup =
  (endpoint: Endpoint, resolve: Lookup = systemLookup as unknown as Lookup) =>
  (host: string, options: { readonly all?: boolean }, done: Done): void => {
    resolve(host, { all: true }, (error, addresses) => {
      if (error !== null) return done(error);
      const allowed = ({ address }: LookupAddress) => (endpoint.listed ? !isLinkLocal(address) : isPublic(address));
      const [first] = addresses;
      if (first === undefined || !addresses.every(allowed)) return done(new Error('The name leads to an address to which this server does not connect'));
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
