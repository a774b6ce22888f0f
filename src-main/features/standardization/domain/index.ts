export * from './near-duplicates.ts';
export { partyKey } from './party-key.ts';
export type { FoundRows, QualityStatement } from './quality-rules.ts';
export * from './quality-score.ts';
