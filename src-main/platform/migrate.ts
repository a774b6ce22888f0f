import type { Migration } from '../../migrations/index.ts';
import { NexusError } from '../contract/errors.ts';
import type { Connection } from './database.ts';

const userVersion = (db: Connection): number => Number(db.pragma('user_version', { simple: true }));

/**
 * Brings a store to the newest schema: each step and its stamp commit in one transaction, so a failure leaves the
 * schema as it was. Throws `workspace.newer` (nothing written) when the store knows steps that this version does not.
 */
export const migrate = (db: Connection, migrations: readonly Migration[]): void => {
  const current = userVersion(db);
  const newest = migrations.at(-1)?.stamp ?? 0;
  // user_version holds 32 bits; the stamp's last digits are enough to order steps and fit.
  if (current > versionOf(newest))
    throw new NexusError({
      code: 'workspace.newer',
      category: 'conflict',
      message: 'This workspace was written by a newer version of NEXUS.',
      kept: 'Nothing was changed.',
      remedy: 'Open it with that version or a later one.',
    });
  for (const migration of migrations) {
    if (versionOf(migration.stamp) <= current) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version=${versionOf(migration.stamp)}`);
    }).immediate();
  }
};

/** YYYYMMDDNNNN as a 31-bit number: days since 2000-01-01 (approximately, 372 a year) times 10,000 plus NNNN. */
export const versionOf = (stamp: number): number => {
  const serial = stamp % 10_000;
  const date = Math.floor(stamp / 10_000);
  const day = date % 100;
  const month = Math.floor(date / 100) % 100;
  const year = Math.floor(date / 10_000);
  return ((year - 2000) * 372 + (month - 1) * 31 + (day - 1)) * 10_000 + serial;
};
