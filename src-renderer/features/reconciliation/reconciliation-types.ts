import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type Shown = NonNullable<ChannelAnswer<'reconciliations.read'>>;
export type SideChoice = Shown['sides']['a'];
export type PairsAnswer = ChannelAnswer<'reconciliations.pairs'>;
export type Pair = PairsAnswer['pairs'][number];
export type Judgment = Pair['judgment'];
export type SideName = 'a' | 'b';
export type SideOption = ChannelAnswer<'reconciliations.options'>['sources'][number];
export type DecisionStep = ChannelAnswer<'reconciliations.history'>['steps'][number];
export type CashAnswer = ChannelAnswer<'reconciliations.proofOfCash'>;
export type CashProof = CashAnswer['proofs'][number];
export type Leftover = ChannelAnswer<'reconciliations.leftovers'>['rows'][number];
