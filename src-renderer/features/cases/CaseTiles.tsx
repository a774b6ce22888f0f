import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SEVERITIES } from '../../../src-main/contract/findings.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import styles from './CaseHome.module.css';

interface CaseTilesProps {
  readonly caseId: string;
  readonly read: ChannelAnswer<'cases.read'>;
  /** As decided so far: a decision counts from that moment, not from the next examination. */
  readonly reconciliation: ChannelAnswer<'reconciliations.read'>;
}

/** The case in figures; each figure opens its rows. */
export const CaseTiles = ({ caseId, read, reconciliation }: CaseTilesProps) => {
  const { t } = useTranslation();
  const { examination } = read;
  const matched = reconciliation?.hasBothSides === true ? reconciliation.counts : null;
  const count = (value: number): string => t('count', { count: value });
  return (
    <>
      <div className={styles.tiles}>
        <Tile name={t('tiles.transactions')} figure={count(read.case.transactions)} to={paths.records(caseId)} />
        <Tile name={t('tiles.rejected')} figure={count(read.case.rejected)} to={paths.rejected(caseId)} />
        <Tile
          name={t('tiles.quality')}
          figure={examination?.qualityScore?.toFixed(1) ?? null}
          note={examination === null ? undefined : t('tiles.qualityNote')}
          to={paths.quality}
        />
        <Tile
          name={t('tiles.duplicates')}
          figure={examination === null ? null : count(examination.duplicateGroups)}
          note={t('tiles.duplicatesNote')}
          to={paths.findings(caseId, { test: 'duplicate-exact' })}
        />
        <Tile
          name={t('tiles.near')}
          figure={examination === null ? null : count(examination.nearDuplicates)}
          note={t('tiles.nearNote')}
          to={paths.duplicates(caseId, { kind: 'near', state: 'any' })}
        />
        <Tile
          name={t('tiles.reconciliation')}
          figure={matched === null ? null : count(matched.openA + matched.openB)}
          unknown={examination === null ? undefined : t('tiles.noLedger')}
          note={
            matched === null ? undefined : t('tiles.reconciliationNote', { count: matched.matched + matched.suggested })
          }
          to={paths.reconciliation(caseId)}
        />
      </div>
      {examination === null ? null : (
        <Panel title={t('tiles.findings')}>
          <div className={styles.severities}>
            {SEVERITIES.map(severity => (
              <span key={severity} className={styles.severity}>
                <SeverityBadge severity={severity} />
                <CountButton
                  count={examination.findingsBySeverity[severity] ?? 0}
                  to={paths.findings(caseId, { severity })}
                  label={t('tiles.findingsOf', { severity: t(`severity.${severity}`) })}
                />
              </span>
            ))}
          </div>
        </Panel>
      )}
    </>
  );
};

interface TileProps {
  readonly name: string;
  /** Null: not known yet. */
  readonly figure: string | null;
  readonly to: string;
  readonly note?: ReactNode;
  readonly unknown?: string | undefined;
}
const Tile = ({ name, figure, to, note, unknown }: TileProps) => {
  const { t } = useTranslation();
  const body = (
    <>
      <span className={styles.tileName}>{name}</span>
      <span className={`${styles.tileFigure} nx-number`} data-unknown={figure === null}>
        {figure ?? unknown ?? t('tiles.notRun')}
      </span>
      {note === undefined || figure === null ? null : <span className={styles.tileNote}>{note}</span>}
    </>
  );
  if (figure === null || figure === '0') return <div className={styles.tile}>{body}</div>;
  return (
    <Link className={styles.tile} to={to}>
      {body}
    </Link>
  );
};
