import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { comesFromOwnUser, isAnotherUsers } from './peer-user.ts';

// Rows as Linux writes them (proc(5), /proc/net/tcp): ports 8123 (1FBB) and 40000 (9C40).
const row = (user: number, inode = 4_711, local = '0100007F:9C40', remote = '0100007F:1FBB'): string =>
  `   7: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000 ${String(user).padStart(5)}        0 ${inode} 1 00000000fa59c472 20 4 30 10 -1\n`;

test('the client’s end of a connection says whose it is', () => {
  const hosts = row(1_000, 5, '0100007F:1FBB', '0100007F:9C40');
  expect(isAnotherUsers(hosts + row(1_000), 40_000, 8_123, 1_000)).toBe(false);
  expect(isAnotherUsers(hosts + row(0), 40_000, 8_123, 1_000)).toBe(false);
  expect(isAnotherUsers(hosts + row(1_001), 40_000, 8_123, 1_000)).toBe(true);
  // Closed by its program while what it sent is still on the way: the table gives it to root, and no process holds it.
  expect(isAnotherUsers(hosts + row(0, 0), 40_000, 8_123, 1_000)).toBe(true);
  const mapped = '0000000000000000FFFF00000100007F';
  expect(isAnotherUsers(row(1_001, 9, `${mapped}:9C40`, `${mapped}:1FBB`), 40_000, 8_123, 1_000)).toBe(true);
  // Rows of other connections, and none at all.
  expect(isAnotherUsers(hosts + row(1_001, 9, '0100007F:9C41'), 40_000, 8_123, 1_000)).toBe(false);
  expect(isAnotherUsers('', 40_000, 8_123, 1_000)).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'a connection of this process is its own user’s, and the table shows it',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [Parameters<typeof comesFromOwnUser>[0]];
    expect(comesFromOwnUser(socket)).toBe(true);
    // The same connection, asked about by another user: read from this machine's own table.
    const table = readFileSync('/proc/net/tcp', 'latin1');
    const own = process.getuid?.() ?? 0;
    expect(isAnotherUsers(table, socket.remotePort ?? 0, port, own + 1)).toBe(own !== 0);
    expect(table).toContain(`:${port.toString(16).toUpperCase().padStart(4, '0')} `);
    client.destroy();
    server.close();
  },
);
