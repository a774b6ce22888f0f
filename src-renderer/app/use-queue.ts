import { useEffect, useState } from 'react';

interface QueueInput<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** 1-based page that the items are, and how many there are. */
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}
interface Queue<Item> {
  readonly current: Item | null;
  readonly choose: (key: string) => void;
  readonly next: () => void;
  readonly previous: () => void;
  /** Names the item that comes after the current one, before a decision takes the current one off the list. */
  readonly passOn: () => void;
}

/** A list that is gone through one by one, over the edges of its pages. */
export const useQueue = <Item>({ items, keyOf, page, pages, onPage }: QueueInput<Item>): Queue<Item> => {
  const [chosen, setChosen] = useState<string | null>(null);
  const [edge, setEdge] = useState<'first' | 'last' | null>(null);
  const at = items.findIndex(item => keyOf(item) === chosen);
  const current = items[Math.max(0, at)] ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new page of items settles a step over the edge
  useEffect(() => {
    // The last item of the last page was decided: the page is there no more.
    if (items.length === 0 && page > pages) onPage(Math.max(1, pages));
    const target = edge === 'first' ? items[0] : edge === 'last' ? items.at(-1) : undefined;
    if (target === undefined) return;
    setEdge(null);
    setChosen(keyOf(target));
  }, [items]);
  const step = (by: 1 | -1): void => {
    const target = items[Math.max(0, at) + by];
    if (target !== undefined) setChosen(keyOf(target));
    else if (by === 1 && page < pages) {
      setEdge('first');
      onPage(page + 1);
    } else if (by === -1 && page > 1) {
      setEdge('last');
      onPage(page - 1);
    }
  };
  return {
    current,
    choose: setChosen,
    next: () => step(1),
    previous: () => step(-1),
    passOn: () => {
      const place = Math.max(0, at);
      const target = items[place + 1] ?? items[place - 1];
      setChosen(target === undefined ? null : keyOf(target));
    },
  };
};
