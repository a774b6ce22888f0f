import type { ForensicTest } from '../forensic-test.ts';
import { dormantAccountReactivated } from './dormant-account-reactivated.ts';
import { duplicateExact } from './duplicate-exact.ts';
import { duplicateFuzzy } from './duplicate-fuzzy.ts';
import { oneTimeVendor } from './one-time-vendor.ts';
import { sameSameDifferent } from './same-same-different.ts';
import { sameSameNear } from './same-same-near.ts';
import { sameSameSame } from './same-same-same.ts';
import { sameSameSimilar } from './same-same-similar.ts';
import { sharedAttribute } from './shared-attribute.ts';
import { vendorEmployeeMatch } from './vendor-employee-match.ts';

export const DUPLICATE_TESTS: readonly ForensicTest[] = [
  duplicateExact,
  sameSameSame,
  sameSameDifferent,
  sameSameNear,
  sameSameSimilar,
  duplicateFuzzy,
  vendorEmployeeMatch,
  sharedAttribute,
  oneTimeVendor,
  dormantAccountReactivated,
];
