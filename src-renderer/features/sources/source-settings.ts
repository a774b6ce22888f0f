const CONTROLS = ['controlCount', 'controlCredits', 'controlDebits', 'controlNet', 'controlClosing'];

type Settings = Readonly<Record<string, string>>;

/** The examiner's answers of a source, apart from the control totals that stand among them. */
export const splitSettings = (
  settings: Settings | undefined,
): {
  readonly answers: readonly (readonly [string, string])[];
  readonly controls: readonly (readonly [string, string])[];
} => {
  const entries = Object.entries(settings ?? {});
  return {
    answers: entries.filter(([key]) => !CONTROLS.includes(key)),
    controls: CONTROLS.flatMap(key => entries.filter(([known]) => known === key)),
  };
};
