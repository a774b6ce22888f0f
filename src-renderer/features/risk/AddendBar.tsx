import type { CSSProperties } from 'react';
import type { RiskUnit } from '../../../src-main/contract/risk.contract.ts';
import { barSegments } from './bar-segments.ts';
import styles from './Risk.module.css';

/** A score as a bar of 0 to 100, parted by what each test adds; told in words beside it, so it is left out for readers. */
export const AddendBar = ({ addends }: { readonly addends: RiskUnit['addends'] }) => (
  <span className={styles.track} aria-hidden>
    {barSegments(addends).map(({ test, title, points, shade }) => (
      <span
        key={test}
        className={styles.segment}
        data-shade={shade}
        title={`${title}: ${points.toFixed(2)}`}
        style={{ '--points': points } as CSSProperties}
      />
    ))}
  </span>
);
