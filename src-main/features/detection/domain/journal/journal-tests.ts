import type { ForensicTest } from '../forensic-test.ts';

export const JOURNAL_TESTS: readonly ForensicTest[] = [];
