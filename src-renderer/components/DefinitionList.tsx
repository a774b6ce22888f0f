import type { ReactNode } from 'react';
import styles from './DefinitionList.module.css';

/** Terms with their values, aligned: parameters, statistics, file facts. */
export const DefinitionList = ({
  entries,
}: {
  readonly entries: readonly (readonly [term: string, value: ReactNode])[];
}) => (
  <dl className={styles.list}>
    {entries.map(([term, value]) => (
      <div key={term}>
        <dt>{term}</dt>
        <dd className="nx-number">{value}</dd>
      </div>
    ))}
  </dl>
);
