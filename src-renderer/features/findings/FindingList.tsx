import { IconFlagFilled, IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { QueueList } from '../../components/QueueList.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Findings.module.css';
import type { Finding } from './finding-types.ts';
import { StateTag } from './StateTag.tsx';

interface FindingListProps {
  readonly findings: readonly Finding[];
  readonly current: string | null;
  readonly onChoose: (findingId: string) => void;
}

export const FindingList = ({ findings, current, onChoose }: FindingListProps) => {
  const { t } = useTranslation();
  return (
    <QueueList
      label={t('findings.title')}
      items={findings}
      keyOf={({ id }) => id}
      current={current}
      onChoose={onChoose}
    >
      {finding => <FindingLine finding={finding} />}
    </QueueList>
  );
};

const FindingLine = ({ finding }: { readonly finding: Finding }) => {
  const { t } = useTranslation();
  const { hits, tried } = finding;
  const outcomes = [
    tried.supports > 0 ? t('explanations.count.supports', { count: tried.supports }) : null,
    tried.against > 0 ? t('explanations.count.against', { count: tried.against }) : null,
  ].filter(part => part !== null);
  return (
    <span className={styles.item}>
      <SeverityBadge severity={finding.severity} />
      <span className={styles.test}>
        {hits.length > 1
          ? t('findings.testsRows', { test: finding.test, more: hits.length - 1, count: finding.rowCount })
          : t('findings.testRows', { test: finding.test, count: finding.rowCount })}
      </span>
      {finding.conflict.length > 0 ? (
        <StatusTag tone="warn">{t('triage.conflictShort')}</StatusTag>
      ) : finding.reopened !== null ? (
        <StatusTag tone="warn">{t('triage.reopenedShort')}</StatusTag>
      ) : (
        <StateTag state={finding.state} />
      )}
      <span className={styles.reason}>{finding.reason}</span>
      {finding.flagged || finding.assignee !== null || finding.comments > 0 || outcomes.length > 0 ? (
        <span className={styles.marks}>
          {finding.flagged ? (
            <span className={styles.flag}>
              <IconFlagFilled size={12} aria-hidden /> {t('triage.flagged')}
            </span>
          ) : null}
          {finding.assignee === null ? null : <span>{finding.assignee}</span>}
          {finding.comments === 0 ? null : (
            <span>
              <IconMessage size={12} aria-hidden /> {t('triage.comments', { count: finding.comments })}
            </span>
          )}
          {outcomes.length === 0 ? null : <span>{outcomes.join(' · ')}</span>}
        </span>
      ) : null}
    </span>
  );
};
