import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title?: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled surface. `flush` lets a table reach its edges. */
export const Panel = ({ title, note, actions, flush = false, children }: PanelProps) => {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={title === undefined ? undefined : id} data-flush={flush}>
      {title === undefined ? null : (
        <header className={styles.head}>
          <div>
            <Title order={2} id={id}>
              {title}
            </Title>
            {note === undefined ? null : <div className={styles.note}>{note}</div>}
          </div>
          {actions}
        </header>
      )}
      <div className={styles.body}>{children}</div>
    </section>
  );
};
