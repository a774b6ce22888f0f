import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RiskAddend, RiskLevel, RiskUnit } from '../../../src-main/contract/risk.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import { AddendBar } from './AddendBar.tsx';
import styles from './Risk.module.css';

interface RiskDetailProps {
  readonly caseId: string;
  readonly level: RiskLevel;
  readonly unit: RiskUnit;
}

/** A score taken apart: every addend with its test, weight, severity, rarity and rows. The points add up to the score. */
export const RiskDetail = ({ caseId, level, unit }: RiskDetailProps) => {
  const { t } = useTranslation();
  const read = useChannel('risk.read', { caseId, level, key: unit.key });
  return (
    <section className={styles.detail} aria-label={t('risk.detail')}>
      <header className={styles.detailHead}>
        <h2>{unit.label || t('notStated')}</h2>
        <span className={styles.scoreLarge}>
          <span className="nx-number">{unit.score.toFixed(2)}</span>
          <span className={styles.quiet}>{t('risk.ofHundred')}</span>
        </span>
      </header>
      <AddendBar addends={unit.addends} />
      <div className={styles.facts}>
        <RowsOf caseId={caseId} set={unit.set} count={unit.rows} label={t('risk.rowsOfUnit')}>
          {t('risk.rows', { count: unit.rows })}
        </RowsOf>
        <span>{t('risk.findings', { count: unit.findings })}</span>
        {read.data === undefined ? null : <span>{t('risk.place', { rank: read.data.rank })}</span>}
      </div>
      <ChannelView of={{ ...read, data: read.currentData }} lines={6}>
        {({ addends }) => <Addends caseId={caseId} addends={addends} score={unit.score} />}
      </ChannelView>
      <p className={styles.quiet}>{t('risk.method')}</p>
    </section>
  );
};

interface RowsOfProps {
  readonly caseId: string;
  readonly set: string | null;
  readonly count: number;
  readonly label: string;
  readonly children?: string;
}

/** A number of rows that opens them, for those who may see records. */
const RowsOf = ({ caseId, set, count, label, children }: RowsOfProps) => {
  const { t } = useTranslation();
  const mayOpen = usePermission('evidence.read');
  if (set === null || !mayOpen) return <span className="nx-number">{children ?? t('count', { count })}</span>;
  return (
    <CountButton count={count} to={paths.records(caseId, { set })} label={label}>
      {children}
    </CountButton>
  );
};

interface AddendsProps {
  readonly caseId: string;
  readonly addends: readonly RiskAddend[];
  readonly score: number;
}

const Addends = ({ caseId, addends, score }: AddendsProps) => {
  const { t } = useTranslation();
  return (
    <>
      <FactTable
        caption={t('risk.addends')}
        rows={addends}
        rowKey={({ test }) => test}
        columns={[
          {
            key: 'test',
            head: t('risk.test'),
            cell: addend => (
              <span className={styles.addendTest}>
                <Link
                  className={styles.testLink}
                  to={paths.findings(caseId, { finding: addend.findingId })}
                  aria-label={t('risk.openFinding', { title: addend.title })}
                >
                  {addend.title}
                </Link>
                <span className={styles.reason}>{addend.reason}</span>
              </span>
            ),
          },
          { key: 'points', head: t('risk.points'), numeric: true, cell: ({ points }) => `+${points.toFixed(2)}` },
          { key: 'weight', head: t('risk.weight'), numeric: true, cell: ({ weight }) => weight.toFixed(2) },
          {
            key: 'severity',
            head: t('risk.severity'),
            nowrap: true,
            cell: ({ severity }) => <SeverityBadge severity={severity} />,
          },
          { key: 'score', head: t('score'), numeric: true, cell: addend => addend.score.toFixed(2) },
          {
            key: 'rank',
            head: t('risk.rarity'),
            numeric: true,
            cell: ({ rank, of }) => t('risk.rankOf', { rank, of }),
          },
          {
            key: 'rows',
            head: t('risk.rowsHead'),
            numeric: true,
            cell: ({ rows, set, title }) => (
              <RowsOf caseId={caseId} set={set} count={rows} label={t('risk.rowsOfTest', { title })} />
            ),
          },
        ]}
      />
      <p className={styles.sum}>
        <span>{t('risk.sum')}</span>
        <span className="nx-number">{score.toFixed(2)}</span>
      </p>
    </>
  );
};
