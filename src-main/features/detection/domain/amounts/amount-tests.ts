import type { ForensicTest } from '../forensic-test.ts';
import { justBelowThreshold } from './just-below-threshold.ts';
import { relativeSizeFactor } from './relative-size-factor.ts';

export const AMOUNT_TESTS: readonly ForensicTest[] = [relativeSizeFactor, justBelowThreshold];
