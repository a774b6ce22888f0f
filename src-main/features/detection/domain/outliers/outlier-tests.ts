import type { ForensicTest } from '../forensic-test.ts';
import { isolationForest } from './isolation-forest.ts';
import { peerGroupOutlier } from './peer-group-outlier.ts';

/** Leads: rows that are unlike the others. They accuse nobody. */
export const OUTLIER_TESTS: readonly ForensicTest[] = [isolationForest, peerGroupOutlier];
