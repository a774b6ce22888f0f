export { type LinkedPair, type LinkedRecords, linkRecords } from './link-records.ts';
export type { LinkageColumn, LinkageTable } from './linkage-table.ts';
export { partyRecords, partyTable } from './party-records.ts';
export { cannotReach, editDistance, jaroWinkler, letterSet } from './string-similarity.ts';
