import { type ReactNode, useEffect, useRef } from 'react';
import styles from './QueueList.module.css';

interface QueueListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly current: string | null;
  readonly onChoose: (key: string) => void;
  readonly children: (item: Item) => ReactNode;
}

/**
 * Items to be decided one by one: one stop of the Tab key, arrows move within. The focus goes with the choice, so that the
 * screen's Enter decides on exactly the item that has the focus.
 */
export const QueueList = <Item,>({ label, items, keyOf, current, onChoose, children }: QueueListProps<Item>) => {
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new choice is what brings its item into view
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    item?.scrollIntoView({ block: 'nearest' });
    if (list.current?.contains(document.activeElement)) item?.focus({ preventScroll: true });
  }, [current]);
  const move = (by: 1 | -1): void => {
    const target = items[items.findIndex(item => keyOf(item) === current) + by];
    if (target !== undefined) onChoose(keyOf(target));
  };
  return (
    <ul ref={list} className={styles.list} aria-label={label}>
      {items.map(item => {
        const key = keyOf(item);
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.item}
              aria-current={key === current}
              tabIndex={key === current ? 0 : -1}
              data-enter="screen"
              onClick={() => onChoose(key)}
              onKeyDown={event => {
                if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
                event.preventDefault();
                move(event.key === 'ArrowDown' ? 1 : -1);
              }}
            >
              {children(item)}
            </button>
          </li>
        );
      })}
    </ul>
  );
};
