import type { ForensicTest } from '../forensic-test.ts';
import { velocity } from './velocity.ts';

export const TIME_TESTS: readonly ForensicTest[] = [velocity];
