import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

/** A typology of the case as the list has it. */
export type ListedTypology = ChannelAnswer<'typologies.list'>['typologies'][number];
