import { useTranslation } from 'react-i18next';
import type { ReconciliationSummary } from '../../../src-main/contract/reconciliations.contract.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Reconciliation.module.css';

type Matched = NonNullable<ReconciliationSummary['matched']>;
type ProofLine = Matched['proof'][number];

/** The lines of the proof with the figure of each side; the last one is the sum of those above it. */
const LINES = [
  ['matched', 'matchedBank', 'matchedLedger'],
  ['proposed', 'proposedBank', 'proposedLedger'],
  ['unmatched', 'unmatchedBank', 'unmatchedLedger'],
  ['total', 'bankTotal', 'ledgerTotal'],
] as const satisfies readonly (readonly [string, keyof ProofLine, keyof ProofLine])[];

/** For each currency: each side's total is what matched, what is proposed and what did not match, to the last minor unit. */
export const ProofTable = ({ proof }: { readonly proof: readonly ProofLine[] }) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('proof.title')} note={t('proof.note')} flush>
      <div className={styles.proofs}>
        {proof.map(line => {
          const currency = line.currency ?? t('money.currencyUnknown');
          return (
            <div key={currency} className={styles.proof}>
              <FactTable
                caption={t('proof.of', { currency })}
                rows={LINES}
                rowKey={([name]) => name}
                columns={[
                  { key: 'line', head: currency, cell: ([name]) => t(`proof.${name}`) },
                  {
                    key: 'bank',
                    head: t('sides.bank'),
                    numeric: true,
                    cell: ([, bank]) => <Money amount={line[bank]} />,
                  },
                  {
                    key: 'ledger',
                    head: t('sides.ledger'),
                    numeric: true,
                    cell: ([, , ledger]) => <Money amount={line[ledger]} />,
                  },
                ]}
              />
              <p className={styles.verdict}>
                <StatusTag tone={line.foots ? 'good' : 'bad'}>{t(line.foots ? 'proof.yes' : 'proof.no')}</StatusTag>
                <span>
                  {t('proof.difference')} <Money amount={line.difference} currency={line.currency} signed />
                </span>
              </p>
            </div>
          );
        })}
      </div>
    </Panel>
  );
};

/** Opening + in − out = closing, statement by statement. */
export const BalanceTable = ({ balances }: { readonly balances: ReconciliationSummary['balances'] }) => {
  const { t } = useTranslation();
  if (balances.length === 0) return null;
  return (
    <Panel title={t('balances.title')} note={t('balances.note')} flush>
      <FactTable
        caption={t('balances.title')}
        rows={balances.map((line, place) => ({ ...line, place }))}
        rowKey={line => String(line.place)}
        columns={[
          { key: 'account', head: t('source.account'), cell: line => line.account ?? t('source.accountsUnknown') },
          { key: 'source', head: t('sources.file'), cell: line => line.source },
          {
            key: 'period',
            head: t('sources.period'),
            cell: line =>
              line.from === null || line.to === null
                ? t('sources.periodUnknown')
                : t('sources.periodOf', { from: line.from, to: line.to }),
          },
          { key: 'opening', head: t('balances.opening'), numeric: true, cell: line => <Money amount={line.opening} /> },
          { key: 'credits', head: t('balances.credits'), numeric: true, cell: line => <Money amount={line.credits} /> },
          { key: 'debits', head: t('balances.debits'), numeric: true, cell: line => <Money amount={line.debits} /> },
          {
            key: 'closing',
            head: t('balances.closing'),
            numeric: true,
            cell: line => <Money amount={line.closing} currency={line.currency} />,
          },
          {
            key: 'balanced',
            head: t('balances.balanced'),
            cell: line => (
              <StatusTag tone={line.balanced === null ? 'unknown' : line.balanced ? 'good' : 'bad'}>
                {line.balanced === false && line.difference !== null ? (
                  <>
                    {t('balances.off')} <Money amount={line.difference} currency={line.currency} signed />
                  </>
                ) : (
                  t(`balances.states.${line.balanced ?? 'unknown'}` as 'balances.states.true')
                )}
              </StatusTag>
            ),
          },
        ]}
      />
    </Panel>
  );
};

/** Where the statements of an account do not follow on from each other. */
export const ChainIssues = ({ issues }: { readonly issues: ReconciliationSummary['chain'] }) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('chain.title')}>
      {issues.length === 0 ? (
        <StatusTag tone="good">{t('chain.none')}</StatusTag>
      ) : (
        <ul className={styles.issues}>
          {issues.map(issue => (
            <li key={`${issue.kind} ${issue.account} ${issue.message}`}>
              <StatusTag tone={issue.kind === 'break' ? 'bad' : 'warn'}>{t(`chain.kinds.${issue.kind}`)}</StatusTag>{' '}
              {issue.message}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};
