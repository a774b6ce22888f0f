import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type ProposedCluster = ChannelAnswer<'parties.proposals'>['clusters'][number];
export type PartyMember = ProposedCluster['members'][number];
export type ProposedPair = ProposedCluster['pairs'][number];
export type PairContribution = ProposedPair['contributions'][number];

/** One bar of a waterfall, in bits: from where the bar before it ended to where this one ends. */
export interface WaterfallStep {
  readonly kind: 'prior' | 'field' | 'total';
  readonly contribution: PairContribution | null;
  readonly bits: number;
  readonly from: number;
  readonly to: number;
}

/** The prior odds, each field's evidence, and what they come to; the total starts at zero, which is even odds. */
export const waterfallSteps = ({ prior, bits, contributions }: ProposedPair): WaterfallStep[] => {
  const steps: WaterfallStep[] = [{ kind: 'prior', contribution: null, bits: prior, from: 0, to: prior }];
  for (const contribution of contributions) {
    const from = steps.at(-1)?.to ?? 0;
    steps.push({ kind: 'field', contribution, bits: contribution.bits, from, to: from + contribution.bits });
  }
  return [...steps, { kind: 'total', contribution: null, bits, from: 0, to: bits }];
};

/** A bar on its track, in per cent of the track's width. */
export interface BarPlace {
  readonly start: number;
  readonly width: number;
}

/** Places every bar, and even odds (zero bits), on one scale that all of them fit in. */
export const barPlaces = (
  steps: readonly WaterfallStep[],
): { readonly bars: readonly BarPlace[]; readonly zero: number } => {
  const ends = [0, ...steps.flatMap(({ from, to }) => [from, to])];
  const lowest = Math.min(...ends);
  const span = Math.max(...ends) - lowest || 1;
  const at = (bits: number): number => ((bits - lowest) / span) * 100;
  return {
    bars: steps.map(({ from, to }) => ({ start: at(Math.min(from, to)), width: (Math.abs(to - from) / span) * 100 })),
    zero: at(0),
  };
};

/** How many times likelier bits make one explanation than the other: 2 to their power, as far as a person needs to know. */
export const timesOf = (bits: number): { readonly times: number; readonly more: boolean } => {
  const times = 2 ** Math.abs(bits);
  if (times > 1_000_000) return { times: 1_000_000, more: true };
  return { times: times < 10 ? Math.round(times * 10) / 10 : Math.round(times), more: false };
};

/** A probability in per cent, rounded down: no guess ever reads as 100 %. */
export const chanceText = (score: number): string => {
  const hundredths = Math.min(9_999, Math.floor(score * 10_000));
  return hundredths >= 9_900 ? `${(hundredths / 100).toFixed(2)} %` : `${Math.floor(hundredths / 100)} %`;
};

/** The name to propose for a merged party: the spelling of the member with most rows. */
export const proposedName = (members: readonly PartyMember[]): string => {
  const [first] = [...members].sort((a, b) => b.rows - a.rows || (a.party < b.party ? -1 : 1));
  return first?.spellings[0] ?? first?.party ?? '';
};

/** The text that stands for a cluster: its members, whichever order they come in. */
export const clusterKey = ({ members }: Pick<ProposedCluster, 'members'>): string =>
  members
    .map(({ party }) => party)
    .sort()
    .join('\n');
