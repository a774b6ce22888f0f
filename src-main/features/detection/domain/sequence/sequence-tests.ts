import type { ForensicTest } from '../forensic-test.ts';
import { sequenceGap } from './sequence-gap.ts';

export const SEQUENCE_TESTS: readonly ForensicTest[] = [sequenceGap];
