import type { DetectionSettingsShape } from '../../../src-main/contract/detection-settings.contract.ts';

/** Settings with one value of a test set, or reset where it is null. */
export const withOverride = (
  settings: DetectionSettingsShape,
  test: string,
  values: Readonly<Record<string, string | null>>,
): DetectionSettingsShape => {
  const own = Object.fromEntries(
    Object.entries({ ...settings.overrides[test], ...values }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
  const { [test]: _before, ...others } = settings.overrides;
  return { ...settings, overrides: Object.keys(own).length === 0 ? others : { ...others, [test]: own } };
};

/** Settings with a test switched off for a reason, or on where it is null. */
export const withSwitch = (
  settings: DetectionSettingsShape,
  test: string,
  reason: string | null,
): DetectionSettingsShape => {
  const { [test]: _before, ...others } = settings.off;
  return { ...settings, off: reason === null ? others : { ...others, [test]: reason } };
};

/** Settings with shared values set, or reset where they are null. */
export const withValues = (
  settings: DetectionSettingsShape,
  values: Readonly<Record<string, string | null>>,
): DetectionSettingsShape => ({
  ...settings,
  values: Object.fromEntries(
    Object.entries({ ...settings.values, ...values }).filter((entry): entry is [string, string] => entry[1] !== null),
  ),
});

/** Entries of a draft that differ from what is in force. */
export const changedValues = (
  draft: Readonly<Record<string, string | null>>,
  current: (name: string) => string | null,
): Record<string, string | null> =>
  Object.fromEntries(Object.entries(draft).filter(([name, value]) => value !== current(name)));
