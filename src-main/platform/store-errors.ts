import type { NexusErrorData } from '../contract/errors.ts';
import { NexusError } from '../contract/errors.ts';

/** The store or part of it cannot be read with the right key. */
export const storeDamaged = (where: string): NexusError =>
  new NexusError({
    code: 'store.damaged',
    category: 'integrity',
    message: `The store is damaged: ${where} cannot be read with its own key.`,
    kept: 'Nothing was changed or deleted.',
    remedy: 'Restore the workspace from a backup; keep the damaged folder as it is for examination.',
  });

const DISK_FULL: NexusErrorData = {
  code: 'disk.full',
  category: 'internal',
  message: 'The disk is full.',
  kept: 'Everything that was confirmed before is stored; the unfinished work was discarded.',
  remedy: 'Free space on the disk that holds the workspace and repeat.',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** EDQUOT of Linux and of macOS and BSD, negated as libuv gives it: it has no name for a quota that is used up. */
const QUOTA_ERRNOS: readonly number[] = [-122, -69];
const isOverQuota = (error: unknown): boolean =>
  codeOf(error) === 'EDQUOT' ||
  (error instanceof Error &&
    'errno' in error &&
    QUOTA_ERRNOS.includes(Number(error.errno)) &&
    codeOf(error).startsWith('Unknown system error'));

/** Faults of the disk and the store as errors with a way out; null for any other fault. */
export const systemRefusal = (error: unknown): NexusErrorData | null => {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || isOverQuota(error)) return DISK_FULL;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return storeDamaged(message).data;
  if (code === 'EFBIG')
    return {
      code: 'disk.file-limit',
      category: 'internal',
      message: 'The file system or a limit of this account allows no larger file.',
      kept: 'Everything that was confirmed before is stored; the unfinished work was discarded.',
      remedy: 'Put the workspace on another file system (FAT32 ends at 4 GiB), or have the limit raised.',
    };
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO')
    return {
      code: 'disk.failed',
      category: 'internal',
      message: `The disk refused a read or write (${message}).`,
      kept: 'Everything that was confirmed before is stored.',
      remedy: 'Check the disk; copy the workspace to another one.',
    };
  if (
    code === 'SQLITE_READONLY' ||
    code === 'SQLITE_CANTOPEN' ||
    code === 'EROFS' ||
    code === 'EACCES' ||
    code === 'EPERM'
  )
    return {
      code: 'disk.read-only',
      category: 'permission',
      message: `NEXUS may not write there (${message}).`,
      kept: 'Nothing was changed.',
      remedy: 'Choose a folder this account may write to.',
    };
  return null;
};
