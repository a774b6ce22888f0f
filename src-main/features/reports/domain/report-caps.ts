/** How much of each list a report prints. The total is always stated; the workspace holds the rest. */
export const REPORT_CAPS = {
  findingsPerTest: 25,
  rowsPerFinding: 20,
  duplicateGroups: 20,
  rowsPerDuplicateGroup: 6,
  nearDuplicates: 25,
  proposals: 25,
  unmatchedPerSide: 50,
  rejected: 50,
  warnings: 50,
  /** Groups of a distribution that are printed whole; of a longer one those that stand out, at most as many. */
  bins: 100,
  /** Groups printed of a longer one of which none stands out: the furthest from what is expected. */
  furthestBins: 20,
  /** Statements that do not balance are always printed; the others up to this many. */
  balances: 60,
  /** Characters of one text in a table. */
  cellCharacters: 240,
} as const;
