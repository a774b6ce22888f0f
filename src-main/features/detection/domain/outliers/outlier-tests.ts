import type { ForensicTest } from '../forensic-test.ts';

export const OUTLIER_TESTS: readonly ForensicTest[] = [];
