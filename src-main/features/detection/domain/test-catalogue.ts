import { AMOUNT_TESTS } from './amounts/amount-tests.ts';
import { DIGIT_TESTS } from './digits/digit-tests.ts';
import { DUPLICATE_TESTS } from './duplicates/duplicate-tests.ts';
import { FLOW_TESTS } from './flows/flow-tests.ts';
import type { ForensicTest } from './forensic-test.ts';
import { JOURNAL_TESTS } from './journal/journal-tests.ts';
import { OUTLIER_TESTS } from './outliers/outlier-tests.ts';
import { SEQUENCE_TESTS } from './sequence/sequence-tests.ts';
import { TIME_TESTS } from './time/time-tests.ts';

/** Every forensic test there is, in the order in which they are listed. */
export const TEST_CATALOGUE: readonly ForensicTest[] = [
  ...DIGIT_TESTS,
  ...DUPLICATE_TESTS,
  ...AMOUNT_TESTS,
  ...SEQUENCE_TESTS,
  ...TIME_TESTS,
  ...JOURNAL_TESTS,
  ...FLOW_TESTS,
  ...OUTLIER_TESTS,
];

const BY_ID: ReadonlyMap<string, ForensicTest> = new Map(TEST_CATALOGUE.map(test => [test.id, test]));

/** The test of an id; null where there is none. */
export const findTest = (id: string): ForensicTest | null => BY_ID.get(id) ?? null;
