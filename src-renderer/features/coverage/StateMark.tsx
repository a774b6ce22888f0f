import {
  IconCheck,
  IconCircleFilled,
  IconCircleHalf2,
  IconCopy,
  IconEqualNot,
  IconMinus,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import styles from './Coverage.module.css';
import type { ShownState } from './coverage-cells.ts';

const ICONS: Readonly<Record<ShownState, TablerIcon>> = {
  balanced: IconCheck,
  present: IconCircleFilled,
  partial: IconCircleHalf2,
  overlapping: IconCopy,
  discrepant: IconEqualNot,
  missing: IconX,
  outside: IconMinus,
};
/** The filled dot would weigh more than the outlines beside it. */
const SIZES: Partial<Record<ShownState, number>> = { present: 8 };

/** A state as a symbol of its own shape, so that it is told without its colour. */
export const StateMark = ({ state }: { readonly state: ShownState }) => {
  const Icon = ICONS[state];
  return (
    <span className={styles.mark} aria-hidden>
      <Icon size={SIZES[state] ?? 15} stroke={2.2} />
    </span>
  );
};
