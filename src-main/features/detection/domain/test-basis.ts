import type { ForensicTest, Parameters } from './forensic-test.ts';

/** What a table of a case is made of, as digests. */
export interface TableBasis {
  /** Of the sources of its side, in order, and of the rows that are left out. */
  readonly records: string;
  /** Of the parties that people merged. */
  readonly parties: string;
}

/**
 * Everything that a test's result depends on, to take a digest of: equal bases have equal results, because a test is
 * deterministic. Beyond the records, decisions change only what is seen of parties: a merge concerns the tests that read them.
 */
export const basisOf = (
  test: Pick<ForensicTest, 'id' | 'version' | 'needs' | 'uses'>,
  productVersion: string,
  parameters: Parameters,
  table: TableBasis,
  columnsRead: readonly string[],
): string => {
  const readsParty = [...columnsRead, ...test.needs, ...test.uses].includes('party');
  const values = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    productVersion,
    test.id,
    test.version,
    values,
    table.records,
    readsParty ? table.parties : null,
  ]);
};
