import type { Explanation } from '../forensic-test.ts';
import { customaryAmount } from './checks/customary-amount.ts';
import { customaryDay } from './checks/customary-day.ts';
import { distinctReferences } from './checks/distinct-references.ts';
import type { ExculpatoryCheck } from './checks/exculpatory-check.ts';
import { fixedTariff } from './checks/fixed-tariff.ts';
import { immaterial } from './checks/immaterial.ts';
import { ownTransfer } from './checks/own-transfer.ts';
import { recurring } from './checks/recurring.ts';
import { reversed } from './checks/reversed.ts';

/** The check behind every innocent explanation a test can name. */
export const EXCULPATORY_CHECKS: Readonly<Record<Explanation, ExculpatoryCheck>> = {
  reversed,
  recurring,
  'own-transfer': ownTransfer,
  'distinct-references': distinctReferences,
  'customary-amount': customaryAmount,
  'customary-day': customaryDay,
  'fixed-tariff': fixedTariff,
  immaterial,
};

/** The check of an id; null where there is none. */
export const findCheck = (id: string): ExculpatoryCheck | null =>
  Object.hasOwn(EXCULPATORY_CHECKS, id) ? EXCULPATORY_CHECKS[id as Explanation] : null;
