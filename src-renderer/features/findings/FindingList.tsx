import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingShape } from '../../../src-main/contract/findings.contract.ts';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import styles from './Findings.module.css';
import { StateTag } from './StateTag.tsx';

interface FindingListProps {
  readonly findings: readonly FindingShape[];
  readonly current: string | null;
  readonly onChoose: (findingId: string) => void;
}

export const FindingList = ({ findings, current, onChoose }: FindingListProps) => {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new choice is what brings its item into view
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <ul ref={list} className={styles.list} aria-label={t('findings.title')}>
      {findings.map(finding => (
        <li key={finding.id}>
          <button
            type="button"
            className={styles.item}
            aria-current={finding.id === current}
            onClick={() => onChoose(finding.id)}
          >
            <SeverityBadge severity={finding.severity} />
            <span className={styles.test}>
              {t('findings.testRows', { test: finding.test, count: finding.rowCount })}
            </span>
            <StateTag state={finding.state} />
            <span className={styles.reason}>{finding.reason}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};
