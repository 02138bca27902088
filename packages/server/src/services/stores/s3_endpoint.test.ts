import { describe, expect, test } from 'vitest';
import { guardedLookup, isPublic, judgeEndpoint, listedOrigins, type Lookup } from './s3_endpoint.ts';

const none = listedOrigins('');

describe('the endpoint of an S3 store', () => {
  test('is the public one of the region, or a public one of the provider', () => {
    expect(judgeEndpoint(null, 'eu-central-1', none)).toMatchObject({ url: { origin: 'https://s3.eu-central-1.amazonaws.com' }, listed: false });
    expect(judgeEndpoint(null, 'cn-north-1', none).url.host).toBe('s3.cn-north-1.amazonaws.com.cn');
    for (const url of [
      'https://s3.amazonaws.com',
      'https://s3.eu-west-3.amazonaws.com/',
      'https://s3-us-west-2.amazonaws.com',
      'https://s3.dualstack.eu-west-1.amazonaws.com',
      'https://s3.us-gov-west-1.amazonaws.com',
    ])
      expect(judgeEndpoint(url, 'us-east-1', none).listed, url).toBe(false);
    for (const region of ['', 'us-east-1.evil.org', 'us-east-1/', '../x', 'us-east-1#', 'x'.repeat(500), 'us-east-1\n', '@evil-org-1'])
      expect(() => judgeEndpoint(null, region, none), region).toThrow(/no region/);
  });

  test('is no other address unless it is listed', () => {
    for (const url of [
      'http://127.0.0.1:9000',
      'http://localhost:9000',
      'http://127.1',
      'http://2130706433/',
      'http://0x7f000001/',
      'http://017700000001/',
      'http://0/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:7f00:1]/',
      'http://[64:ff9b::7f00:1]/',
      'http://169.254.169.254/',
      'http://169.254.169.254.nip.io/',
      'http://[fd00:ec2::254]/',
      'http://10.0.0.1',
      'http://192.168.1.1',
      'https://minio.example.org',
      'https://evil.org',
      'http://s3.amazonaws.com',
      'https://s3.amazonaws.com:22',
      'https://s3.amazonaws.com.evil.org',
      'https://s3.evil-1.amazonaws.com.evil.org',
      'https://evils3.amazonaws.com',
      'https://ec2.amazonaws.com',
      'https://bucket.s3.amazonaws.com',
      'https://evil.execute-api.us-east-1.amazonaws.com',
      'https://evil.org/s3.amazonaws.com',
      'https://s3.amazonaws.com@evil.org',
      'https://evil.org#s3.amazonaws.com',
      'https://evil.org\\@s3.amazonaws.com',
      'https://user:password@s3.amazonaws.com',
      'https://s3.amazonaws.com/path',
      'https://s3.amazonaws.com?x=1',
      'ftp://s3.amazonaws.com',
      'file:///etc/passwd',
      'gopher://127.0.0.1:6379/_x',
      'unix:/var/run/docker.sock',
      '//evil.org',
      's3.amazonaws.com',
      'ｓ３.evil.org',
      '',
      ' ',
    ])
      expect(() => judgeEndpoint(url, 'us-east-1', none), url).toThrow(/does not connect to|is no address/);
  });

  test('is a listed one however it is written, and nothing beside it', () => {
    const listed = listedOrigins('http://127.0.0.1:9000, https://minio.example.org');
    for (const url of ['http://127.0.0.1:9000', 'http://127.0.0.1:9000/', 'http://2130706433:9000', 'https://MINIO.example.org', 'https://minio.example.org:443'])
      expect(judgeEndpoint(url, 'us-east-1', listed).listed, url).toBe(true);
    for (const url of [
      'http://127.0.0.1:9001',
      'https://127.0.0.1:9000',
      'http://localhost:9000',
      'http://minio.example.org',
      'https://other.minio.example.org',
      'https://minio.example.org:8443',
      'http://127.0.0.1:9000@evil.org',
    ])
      expect(() => judgeEndpoint(url, 'us-east-1', listed), url).toThrow(/does not connect to|is no address/);
    expect(() => listedOrigins('minio:9000')).toThrow(/ZENDO_S3_ENDPOINTS/);
    expect(() => listedOrigins('file:///etc')).toThrow(/ZENDO_S3_ENDPOINTS/);
  });
});

test('addresses that are no public host’s are known', () => {
  for (const address of ['8.8.8.8', '52.219.0.1', '2600:1f18::1', '2a05:d07a:a000::1']) expect(isPublic(address), address).toBe(true);
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ])
    expect(isPublic(address), address).toBe(false);
});

describe('what a name leads to', () => {
  const ask = (endpoint: { listed: boolean }, ...addresses: string[]) =>
    new Promise((resolve, reject) => {
      const resolver: Lookup = (_host, _options, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      guardedLookup({ url: new URL('https://s3.amazonaws.com'), ...endpoint }, resolver)('s3.amazonaws.com', { all: true }, (error, found) =>
        error === null ? resolve(found) : reject(error),
      );
    });
  test('is judged when it is used: a public name must lead to public addresses only', async () => {
    expect(await ask({ listed: false }, '52.219.0.1')).toHaveLength(1);
    for (const addresses of [['127.0.0.1'], ['::1'], ['::ffff:10.0.0.1'], ['169.254.169.254'], ['52.219.0.1', '127.0.0.1'], []])
      await expect(ask({ listed: false }, ...addresses), addresses.join()).rejects.toThrow(/does not connect/);
  });
  test('may be private where the name is listed, but never where the cloud keeps its credentials', async () => {
    for (const address of ['127.0.0.1', '10.0.0.5', '::1', '52.219.0.1']) expect(await ask({ listed: true }, address)).toHaveLength(1);
    for (const address of ['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1', 'fd00:ec2::254'])
      await expect(ask({ listed: true }, address), address).rejects.toThrow(/does not connect/);
  });
});
