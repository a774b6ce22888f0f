import { benfordFirstTwo } from './benford-first-two.ts';
import { duplicateExact } from './duplicate-exact.ts';
import type { ForensicTest } from './forensic-test.ts';
import { justBelowThreshold } from './just-below-threshold.ts';
import { relativeSizeFactor } from './relative-size-factor.ts';
import { sameSameDifferent } from './same-same-different.ts';
import { sequenceGap } from './sequence-gap.ts';
import { velocity } from './velocity.ts';

/** Every forensic test there is, in the order in which they run and are listed. */
export const TEST_CATALOGUE: readonly ForensicTest[] = [
  benfordFirstTwo,
  duplicateExact,
  sameSameDifferent,
  relativeSizeFactor,
  justBelowThreshold,
  sequenceGap,
  velocity,
];

/** The test of an id; null where there is none. */
export const findTest = (id: string): ForensicTest | null => TEST_CATALOGUE.find(test => test.id === id) ?? null;
