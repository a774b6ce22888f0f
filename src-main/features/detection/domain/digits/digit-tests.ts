import type { ForensicTest } from '../forensic-test.ts';
import { benfordFirst } from './benford-first.ts';
import { benfordFirstThree } from './benford-first-three.ts';
import { benfordFirstTwo } from './benford-first-two.ts';
import { benfordSecond } from './benford-second.ts';
import { benfordSecondOrder } from './benford-second-order.ts';
import { benfordSummation } from './benford-summation.ts';
import { lastTwoDigits } from './last-two-digits.ts';
import { numberDuplication } from './number-duplication.ts';
import { roundNumbers } from './round-numbers.ts';

export const DIGIT_TESTS: readonly ForensicTest[] = [
  benfordFirst,
  benfordSecond,
  benfordFirstTwo,
  benfordFirstThree,
  benfordSecondOrder,
  benfordSummation,
  lastTwoDigits,
  roundNumbers,
  numberDuplication,
];
