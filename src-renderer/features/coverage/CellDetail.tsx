import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import styles from './Coverage.module.css';
import { type AccountCoverage, filterOfCell, type LineScope, shownState } from './coverage-cells.ts';
import { StateMark } from './StateMark.tsx';

interface CellDetailProps {
  readonly caseId: string;
  readonly months: readonly string[];
  readonly line: AccountCoverage;
  readonly month: string;
  readonly scope: LineScope;
  readonly sources: ChannelAnswer<'sources.list'>['sources'];
}

/** The chosen cell in words: its state and why, its transactions, its files. */
export const CellDetail = ({ caseId, months, line, month, scope, sources }: CellDetailProps) => {
  const { t } = useTranslation();
  const cell = line.cells[months.indexOf(month)];
  if (cell === undefined) return null;
  const state = shownState(line, month, cell);
  const filter = filterOfCell(line, scope, month);
  const files = cell.sources.flatMap(id => sources.find(source => source.id === id) ?? []);
  return (
    <section className={styles.detail} aria-label={t('coverage.detail')}>
      <h2>
        <span className={styles.swatch} data-state={state}>
          <StateMark state={state} />
        </span>
        {t(`coverage.states.${state}`)}
      </h2>
      <p className={styles.reason}>{cell.reason}</p>
      <DefinitionList
        entries={[
          [t('coverage.month'), month],
          [t('coverage.account'), line.account ?? t('coverage.noAccount')],
          [t('records.currency'), line.currency ?? t('money.currencyUnknown')],
          [t('coverage.span'), line.from === null || line.to === null ? t('unknown') : `${line.from} – ${line.to}`],
        ]}
      />
      {cell.transactions === 0 || filter === null ? (
        <p className={styles.quiet}>{t('coverage.noTransactions')}</p>
      ) : (
        <Button
          component={Link}
          to={paths.records(caseId, filter)}
          size="compact-sm"
          variant="default"
          rightSection={<KeyHint keys="Enter" />}
        >
          {t('coverage.open', { count: cell.transactions })}
        </Button>
      )}
      <h3>{t('coverage.files', { count: cell.sources.length })}</h3>
      {files.length === 0 ? (
        <p className={styles.quiet}>{t('coverage.noFiles')}</p>
      ) : (
        <ul className={styles.files}>
          {files.map(file => (
            <li key={file.id}>
              <Link to={paths.source(caseId, file.id)}>{file.name}</Link>
              <span className={`${styles.quiet} nx-number`}>
                {file.from === null || file.to === null ? t('unknown') : `${file.from} – ${file.to}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
