import type { ForensicTest } from '../forensic-test.ts';
import { ageing } from './ageing.ts';
import { justBelowThreshold } from './just-below-threshold.ts';
import { largestGrowth } from './largest-growth.ts';
import { relativeSizeFactor } from './relative-size-factor.ts';
import { splitTransaction } from './split-transaction.ts';
import { stratification } from './stratification.ts';
import { structuring } from './structuring.ts';
import { unusualAmountForParty } from './unusual-amount-for-party.ts';

export const AMOUNT_TESTS: readonly ForensicTest[] = [
  relativeSizeFactor,
  justBelowThreshold,
  stratification,
  ageing,
  largestGrowth,
  structuring,
  splitTransaction,
  unusualAmountForParty,
];
