import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { callOut } from './outgoing.ts';

const asked = { method: 'GET', headers: {} } as const;

test('an answer that comes drop by drop is not waited for', async () => {
  const server = createServer((_, answer) => {
    answer.writeHead(200);
    const drops = setInterval(() => answer.write('x'), 50);
    answer.on('close', () => clearInterval(drops));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', () => done());
  });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(callOut(url, '127.0.0.1', { ...asked, milliseconds: 400 })).rejects.toThrow('did not answer in time');
  } finally {
    server.closeAllConnections();
    server.close();
  }
}, 5_000);

test('no address is called that is no public one, however it is written', async () => {
  const hosts = [
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[fec0::1]',
    '[2001:0:7f00:1::]',
    '203.0.113.7',
    '240.0.0.1',
  ];
  for (const host of hosts) await expect(async () => callOut(`http://${host}/`, '', { ...asked, milliseconds: 500 }), host).rejects.toThrow('private network');
});
