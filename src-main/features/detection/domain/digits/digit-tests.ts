import type { ForensicTest } from '../forensic-test.ts';
import { benfordFirstTwo } from './benford-first-two.ts';

export const DIGIT_TESTS: readonly ForensicTest[] = [benfordFirstTwo];
