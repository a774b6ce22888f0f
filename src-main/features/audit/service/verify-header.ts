import { basename } from 'node:path';
import { slotsDigest } from '../../../platform/key-slots.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { readHeader, workspacePaths } from '../../../platform/workspace-files.ts';
import { lastKeyHeader } from '../../identity/storage/account.repository.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';

/** A store that was not opened since accounts came has no record of its header. */
const isRecorded = (store: ReadStore): boolean =>
  store.connection.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'key_headers'`).get() !==
  undefined;

/**
 * Compares the workspace's header with the digest that the store keeps of it. The key that opened the store proves one
 * slot only: a bit that changed in another one would be noticed by the person who needs it.
 */
export const headerProblems = (store: ReadStore, folder: string): ChainProblem[] => {
  const recorded = isRecorded(store) ? lastKeyHeader(store) : undefined;
  if (recorded === undefined || Buffer.from(recorded).equals(slotsDigest(readHeader(folder)))) return [];
  return [
    {
      code: 'header.differs',
      where: basename(workspacePaths(folder).header),
      message:
        'it is not the one that the store recorded: it was changed or put back, or a change of keys was cut short',
    },
  ];
};
