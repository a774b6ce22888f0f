import { AMOUNT_PLANTERS } from './plant-amounts.ts';
import { DUPLICATE_PLANTERS } from './plant-duplicates.ts';
import { FLOW_PLANTERS } from './plant-flows.ts';
import { JOURNAL_PLANTERS } from './plant-journal.ts';
import { OUTLIER_PLANTERS } from './plant-outliers.ts';
import { SEQUENCE_PLANTERS } from './plant-sequence.ts';
import { TIME_PLANTERS } from './plant-time.ts';
import type { Planter } from './planter.ts';

/** Every planter there is; a test has one at most. */
export const PLANTERS: readonly Planter[] = [
  ...DUPLICATE_PLANTERS,
  ...AMOUNT_PLANTERS,
  ...SEQUENCE_PLANTERS,
  ...TIME_PLANTERS,
  ...JOURNAL_PLANTERS,
  ...FLOW_PLANTERS,
  ...OUTLIER_PLANTERS,
];

const BY_TEST: ReadonlyMap<string, Planter> = new Map(PLANTERS.map(planter => [planter.test, planter]));

/** The planter of a test; null where there is none. */
export const planterOf = (test: string): Planter | null => BY_TEST.get(test) ?? null;
