import type { ForensicTest } from '../forensic-test.ts';
import { outOfOrder } from './out-of-order.ts';
import { sequenceDuplicate } from './sequence-duplicate.ts';
import { sequenceGap } from './sequence-gap.ts';

export const SEQUENCE_TESTS: readonly ForensicTest[] = [sequenceGap, sequenceDuplicate, outOfOrder];
