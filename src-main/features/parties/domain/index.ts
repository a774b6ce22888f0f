export { FIELD_KINDS, type FieldKind } from './field-kind.ts';
export {
  type FieldEvidence,
  type LinkedPair,
  type LinkedRecords,
  linkRecords,
  type PairEvidence,
} from './link-records.ts';
export type { LinkageModel } from './linkage-model.ts';
export { DEFAULT_SETTINGS, type LinkageSettings } from './linkage-settings.ts';
export type { LinkageColumn, LinkageTable } from './linkage-table.ts';
export { type PartyRecord, type PartyRecords, partyRecords, partyTable } from './party-records.ts';
