import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type TestedVersion = NonNullable<ChannelAnswer<'typologies.backtest'>>['a'];
type Opening = TestedVersion['units'];

export interface MonthOfBoth {
  readonly month: string;
  /** Null where the version's own months do not reach so far. */
  readonly a: Opening | null;
  readonly b: Opening | null;
}

/** Months that either version has, in order, with what each hit in them. */
export const monthsOfBoth = (
  a: Pick<TestedVersion, 'months'>,
  b: Pick<TestedVersion, 'months'> | null,
): MonthOfBoth[] => {
  const inA = new Map(a.months.map(({ month, hits }) => [month, hits]));
  const inB = new Map((b?.months ?? []).map(({ month, hits }) => [month, hits]));
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .sort()
    .map(month => ({ month, a: inA.get(month) ?? null, b: inB.get(month) ?? null }));
};
