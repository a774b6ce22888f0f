import { IconDatabaseOff, IconFilterOff, IconLock, IconPlayerPlay, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** Why there is nothing: nothing came in yet, the filter hides it, it was not run, or the role may not see it. */
export type EmptyKind = 'no-data' | 'filtered' | 'not-run' | 'no-permission';

const ICONS: Readonly<Record<EmptyKind, TablerIcon>> = {
  'no-data': IconDatabaseOff,
  filtered: IconFilterOff,
  'not-run': IconPlayerPlay,
  'no-permission': IconLock,
};

interface EmptyStateProps {
  readonly kind: EmptyKind;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export const EmptyState = ({ kind, title, children, action }: EmptyStateProps) => {
  const Icon = ICONS[kind];
  return (
    <div className={styles.empty} data-empty={kind}>
      <Icon size={28} stroke={1.5} aria-hidden />
      <p className={styles.title}>{title}</p>
      {children === undefined ? null : <div className={styles.text}>{children}</div>}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
};
