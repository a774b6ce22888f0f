import { useEffect, useState } from 'react';
import { useKeys } from '../../app/keyboard.ts';
import type { Finding } from './finding-types.ts';

interface QueueInput {
  readonly findings: readonly Finding[];
  /** The id that the address names; null for none. It may be of a finding that the filter does not hold. */
  readonly chosen: string | null;
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  readonly onChoose: (findingId: string | null) => void;
}
export interface FindingQueue {
  readonly current: string | null;
  readonly choose: (findingId: string) => void;
  readonly next: () => void;
  readonly previous: () => void;
  /** Chooses the finding after the current one, before a decision takes the current one off the list. */
  readonly passOn: () => void;
}

/** J and K through the findings, over the edges of the pages; the address names the chosen one. */
export const useFindingQueue = ({ findings, chosen, page, pages, onPage, onChoose }: QueueInput): FindingQueue => {
  const [edge, setEdge] = useState<'first' | 'last' | null>(null);
  const current = chosen ?? findings[0]?.id ?? null;
  const at = findings.findIndex(({ id }) => id === current);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new page of findings settles a step over the edge
  useEffect(() => {
    // The last finding of the last page was decided: the page is there no more.
    if (findings.length === 0 && page > pages) onPage(Math.max(1, pages));
    const target = edge === 'first' ? findings[0] : edge === 'last' ? findings.at(-1) : undefined;
    if (target === undefined) return;
    setEdge(null);
    onChoose(target.id);
  }, [findings]);
  const step = (by: 1 | -1): void => {
    // One that the filter does not hold stands before the first.
    const target = findings[at < 0 ? 0 : at + by];
    if (target !== undefined) onChoose(target.id);
    else if (by === 1 && page < pages) {
      setEdge('first');
      onPage(page + 1);
    } else if (by === -1 && page > 1) {
      setEdge('last');
      onPage(page - 1);
    }
  };
  const next = (): void => step(1);
  const previous = (): void => step(-1);
  useKeys({ j: next, k: previous });
  return {
    current,
    choose: onChoose,
    next,
    previous,
    passOn: () => onChoose((findings[at + 1] ?? findings[at - 1])?.id ?? null),
  };
};
