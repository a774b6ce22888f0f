import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { groupedDecimal } from '../../components/money-text.ts';
import { Panel } from '../../components/Panel.tsx';
import styles from './Coverage.module.css';
import { type CoverageAnswer, carriesOver, filterOfDays, type LineScope, type TestsAnswer } from './coverage-cells.ts';

type Missing = TestsAnswer['missing'][number];

interface MissingStatementsProps {
  readonly caseId: string;
  readonly missing: readonly Missing[];
  readonly coverage: CoverageAnswer;
  readonly scopes: readonly LineScope[];
}

/** Days without a file, what they could hold, and which tests' answers they could change. */
export const MissingStatements = ({ caseId, missing, coverage, scopes }: MissingStatementsProps) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('coverage.missing.title', { count: missing.length })} note={t('coverage.missing.note')}>
      <ul className={styles.missing}>
        {missing.map(gap => {
          const line = coverage.accounts.findIndex(
            ({ account, currency }) => account === gap.account && currency === gap.currency,
          );
          return (
            <li key={`${gap.account} ${gap.currency} ${gap.from}`}>
              <Gap caseId={caseId} gap={gap} scope={scopes[line] ?? { bothSides: false, severalCurrencies: false }} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
};

const Gap = ({ caseId, gap, scope }: { readonly caseId: string; readonly gap: Missing; readonly scope: LineScope }) => {
  const { t } = useTranslation();
  const mayOpen = usePermission('evidence.read');
  const near = gap.tests.filter(({ findings }) => findings > 0);
  const others = gap.tests.filter(({ findings }) => findings === 0);
  const days = { from: gap.windowFrom, to: gap.windowTo };
  return (
    <>
      <p className={styles.gapHead}>
        <strong>
          {gap.account ?? t('coverage.noAccount')} · {gap.from} – {gap.to}
        </strong>{' '}
        {t('coverage.missing.days', { count: gap.days })}.{' '}
        {gap.difference === null
          ? t('coverage.missing.noBalance')
          : carriesOver(gap.difference)
            ? t('coverage.missing.carried')
            : t('coverage.missing.moved', {
                amount: `${groupedDecimal(gap.difference)} ${gap.currency ?? ''}`.trim(),
              })}{' '}
        {gap.expectedTransactions === null ? '' : t('coverage.missing.expected', { count: gap.expectedTransactions })}
      </p>
      {near.length === 0 ? (
        <p className={styles.quiet}>{t('coverage.missing.noneNear', days)}</p>
      ) : (
        <FactTable
          caption={t('coverage.missing.table', { from: gap.from, to: gap.to })}
          rows={near}
          rowKey={({ test }) => test}
          columns={[
            { key: 'test', head: t('coverage.missing.test'), cell: ({ title }) => title },
            {
              key: 'findings',
              head: t('coverage.missing.near'),
              numeric: true,
              cell: ({ findings }) => t('count', { count: findings }),
            },
            {
              key: 'rows',
              head: t('risk.rowsHead'),
              numeric: true,
              cell: ({ rows, set, title }) =>
                mayOpen ? (
                  <CountButton
                    count={rows}
                    to={paths.records(caseId, { ...filterOfDays(gap, scope, days), set })}
                    label={t('risk.rowsOfTest', { title })}
                  />
                ) : (
                  t('count', { count: rows })
                ),
            },
            { key: 'why', head: t('coverage.missing.why'), cell: ({ why }) => why },
          ]}
        />
      )}
      {others.length === 0 ? null : (
        <details className={styles.quiet}>
          <summary>{t('coverage.missing.others', { count: others.length })}</summary>
          <ul>
            {Object.entries(Object.groupBy(others, ({ why }) => why)).map(([why, tests]) => (
              <li key={why}>
                {why}: {(tests ?? []).map(({ title }) => title).join('; ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
