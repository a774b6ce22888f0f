import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

const ROOT = 0;
/** 127.0.0.1 as the tables write it, on machines of either byte order, mapped into IPv6 or not. */
const LOOPBACK = '(?:0{16}(?:FFFF0000|0000FFFF))?(?:0100007F|7F000001)';

/**
 * Whether the client's end of a connection over 127.0.0.1 belongs to another user, as the kernel's tables of sockets say
 * (proc(5), `/proc/net/tcp`). Root is no other user: root reads everything anyway. An end that no process holds any more is
 * nobody's to speak through. False where the tables do not show the connection.
 */
export const isAnotherUsers = (tables: string, clientPort: number, hostPort: number, user: number): boolean => {
  const row = new RegExp(
    `^ *\\d+: ${LOOPBACK}:${hex(clientPort)} ${LOOPBACK}:${hex(hostPort)} (?:\\S+ ){4} *(\\d+) +\\d+ (\\d+) `,
    'm',
  ).exec(tables);
  return row !== null && (row[2] === '0' || ![ROOT, user].includes(Number(row[1])));
};

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/**
 * Whether the other end of a connection is a program of this user. The launch token stands in the browser's command line,
 * which on Linux every user of the machine can read: it alone does not keep them apart.
 */
export const comesFromOwnUser = ({ remoteAddress, remotePort, localPort }: Socket): boolean => {
  const user = process.getuid?.();
  if (process.platform !== 'linux' || user === undefined) return true;
  if (remoteAddress !== '127.0.0.1' || remotePort === undefined || localPort === undefined) return false;
  return !isAnotherUsers(socketTables(), remotePort, localPort, user);
};

const socketTables = (): string =>
  ['/proc/net/tcp', '/proc/net/tcp6']
    .map(path => {
      try {
        return readFileSync(path, 'latin1');
      } catch {
        return ''; // Hidden by this system, or there is no IPv6 on it.
      }
    })
    .join('\n');
