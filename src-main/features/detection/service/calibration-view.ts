import { CalibrationShape } from '../../../contract/calibrations.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { latestCalibration } from '../storage/calibration.repository.ts';
import { decisionsDigest } from './decided-view.ts';
import { inputDigest } from './examination-view.ts';

/** What a calibration rests on: the records and the decisions that change them. */
export const calibrationBasis = (store: ReadStore, caseId: string): string =>
  `${inputDigest(store, caseId)} ${decisionsDigest(recipeEvents(store, caseId))}`;

/** The latest calibration of a case and whether it rests on what the case holds now; null before the first. */
export const calibrationOf = (
  store: ReadStore,
  caseId: string,
): (CalibrationShape & { readonly stale: boolean }) | null => {
  const record = latestCalibration(store, caseId);
  if (record === undefined) return null;
  const shape = CalibrationShape.parse(JSON.parse(record.summary));
  return { ...shape, stale: record.basis !== calibrationBasis(store, caseId) };
};
