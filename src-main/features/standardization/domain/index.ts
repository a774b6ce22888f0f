export * from './near-duplicates.ts';
export { partyKey } from './party-key.ts';
export type { FoundRows, QualityColumns, QualityDimension, QualityInput, QualityStatement } from './quality-rules.ts';
export * from './quality-score.ts';
