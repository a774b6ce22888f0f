import type { CatalogueTest, TestRun } from './catalogue-types.ts';

/** How a test stands in a case: the words of its tag, and what the list can be narrowed to. */
export type TestState = 'off' | 'cannot' | 'fault' | 'not-run' | 'stale' | 'found' | 'no-rows' | 'clear';

/** What the list shows of the catalogue. */
export type Shown = 'all' | 'found' | 'clear' | 'waiting' | 'cannot' | 'off';
export const SHOWN: readonly Shown[] = ['all', 'found', 'clear', 'waiting', 'cannot', 'off'];

export const testState = ({ off, noLedger, missing, last, stale }: CatalogueTest): TestState => {
  if (off !== null) return 'off';
  if (last?.notRunCode === 'fault') return 'fault';
  if (noLedger || missing.length > 0) return 'cannot';
  if (last === null || last.notRun !== null) return 'not-run';
  if (stale) return 'stale';
  if (last.findings > 0) return 'found';
  // A test that looked at no row has cleared nothing.
  return last.population.used === 0 ? 'no-rows' : 'clear';
};

const STATES: Readonly<Record<Exclude<Shown, 'all'>, readonly TestState[]>> = {
  found: ['found'],
  clear: ['clear'],
  waiting: ['not-run', 'stale'],
  cannot: ['cannot', 'fault', 'no-rows'],
  off: ['off'],
};

/** Tests whose name, id or group holds the text, in a state that is shown. A test that found something is shown with its finding even where it is stale. */
export const shownTests = (
  tests: readonly CatalogueTest[],
  text: string,
  shown: Shown,
  groupName: (group: string) => string,
): readonly CatalogueTest[] => {
  const wanted = text.trim().toLowerCase();
  return tests.filter(test => {
    const words = `${test.title} ${test.id} ${groupName(test.group)}`.toLowerCase();
    if (!words.includes(wanted)) return false;
    return shown === 'all' || STATES[shown].includes(testState(test));
  });
};

/** What a run itself says of too few values: no verdict may be read from it. Null where there are enough. */
export const tooFew = (run: TestRun): string | null => run.limits.find(limit => limit.includes('too few')) ?? null;

/** A statistic to six significant digits; whole numbers as they are. */
export const figureText = (value: number): string =>
  Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(6);

/** `distortionActualMean` as words: `distortion actual mean`. */
export const figureName = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
