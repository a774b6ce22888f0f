import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { Bridge } from '../../app/transport/bridge.ts';

/** Pairs a page of the list holds at most (channel.ts). */
const PAGE_PAIRS = 1_000;

export interface OpenPair {
  readonly keep: number;
  readonly duplicate: number;
  /** Nothing that was compared differs. */
  readonly alike: boolean;
}

/** Every open pair of overlapping files, page by page; or the refusal, with nothing. */
export const openOverlaps = async (
  bridge: Bridge,
  caseId: string,
): Promise<{ readonly pairs: readonly OpenPair[]; readonly error?: NexusErrorData }> => {
  const pairs: OpenPair[] = [];
  for (;;) {
    const page = { offset: pairs.length, limit: PAGE_PAIRS };
    const result = await bridge.invoke('duplicates.list', { caseId, kind: 'overlap', state: 'open', ...page });
    if (!result.ok) return { pairs: [], error: result.error };
    const answer = result.value as ChannelAnswer<'duplicates.list'>;
    pairs.push(
      ...answer.pairs.map(({ a, b, differ }) => ({ keep: a.id, duplicate: b.id, alike: differ.length === 0 })),
    );
    if (answer.pairs.length === 0 || pairs.length >= answer.total) return { pairs };
  }
};
