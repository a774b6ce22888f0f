import { IconAlertTriangle, IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './StatusTag.module.css';

export type StatusTone = 'good' | 'bad' | 'warn' | 'unknown';

const ICONS = { good: IconCheck, bad: IconX, warn: IconAlertTriangle, unknown: IconCircleDashed } as const;

/** A verdict as icon and word: balanced, broken, open, not known. */
export const StatusTag = ({ tone, children }: { readonly tone: StatusTone; readonly children: ReactNode }) => {
  const Icon = ICONS[tone];
  return (
    <span className={styles.tag} data-tone={tone}>
      <Icon size={14} stroke={2.2} aria-hidden />
      {children}
    </span>
  );
};
