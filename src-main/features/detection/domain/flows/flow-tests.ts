import type { ForensicTest } from '../forensic-test.ts';

export const FLOW_TESTS: readonly ForensicTest[] = [];
