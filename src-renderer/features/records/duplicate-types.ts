import type { DUPLICATE_KINDS } from '../../../src-main/contract/duplicates.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

export type DuplicatesAnswer = ChannelAnswer<'duplicates.list'>;
export type DuplicatePair = DuplicatesAnswer['pairs'][number];
export type DuplicateKind = (typeof DUPLICATE_KINDS)[number];
