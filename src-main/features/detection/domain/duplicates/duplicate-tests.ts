import type { ForensicTest } from '../forensic-test.ts';
import { duplicateExact } from './duplicate-exact.ts';
import { sameSameDifferent } from './same-same-different.ts';

export const DUPLICATE_TESTS: readonly ForensicTest[] = [duplicateExact, sameSameDifferent];
