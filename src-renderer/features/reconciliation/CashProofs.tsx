import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag, type StatusTone } from '../../components/StatusTag.tsx';
import styles from './Reconciliation.module.css';
import type { CashAnswer, CashProof } from './reconciliation-types.ts';

const COLUMNS = ['opening', 'receipts', 'disbursements', 'closing'] as const;

const keyOf = ({ currency, from }: CashProof): string => `${currency ?? ''} ${from}`;

/** Whether all of a proof agrees; null where a balance that is not stated keeps it from being told. */
const verdictOf = ({ footsAcross, crossFoots, balancesAgree }: CashProof): boolean | null => {
  if (footsAcross === false || !crossFoots || balancesAgree === false) return false;
  return footsAcross === null || balancesAgree === null ? null : true;
};
const toneOf = (verdict: boolean | null): StatusTone => (verdict === null ? 'unknown' : verdict ? 'good' : 'bad');

/** Four-column proofs of cash, month by month: opening + receipts − disbursements = closing, for the bank and for the books. */
export const CashProofs = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const read = useChannel('reconciliations.proofOfCash', { caseId });
  return (
    <Panel title={t('reconciliation.cash.title')} note={t('reconciliation.cash.note')} flush>
      <ChannelView of={read} lines={6}>
        {answer =>
          answer.proofs.length === 0 ? (
            <EmptyState kind="no-data" title={t('reconciliation.cash.none')}>
              {t('reconciliation.cash.noneText')}
            </EmptyState>
          ) : (
            <Months caseId={caseId} answer={answer} />
          )
        }
      </ChannelView>
    </Panel>
  );
};

const Months = ({ caseId, answer }: { readonly caseId: string; readonly answer: CashAnswer }) => {
  const { t } = useTranslation();
  const { proofs, accounts, unplaced } = answer;
  const [chosen, setChosen] = useState<string | null>(null);
  const proof = proofs.find(each => keyOf(each) === chosen) ?? proofs[0];
  if (proof === undefined) return null;
  return (
    <>
      <div className={styles.months}>
        <fieldset className={styles.monthButtons} aria-label={t('reconciliation.cash.months')}>
          {proofs.map(each => (
            <button
              key={keyOf(each)}
              type="button"
              aria-pressed={each === proof}
              onClick={() => setChosen(keyOf(each))}
            >
              <StatusTag tone={toneOf(verdictOf(each))}>
                <span className="nx-number">
                  {t('reconciliation.cash.month', {
                    month: each.from.slice(0, 7),
                    currency: each.currency ?? t('money.currencyUnknown'),
                  })}
                </span>
              </StatusTag>
            </button>
          ))}
        </fieldset>
        {accounts.length < 2 ? null : (
          <p className={styles.small}>{t('reconciliation.cash.accounts', { count: accounts.length })}</p>
        )}
      </div>
      <CashTable caseId={caseId} proof={proof} />
      {unplaced.a + unplaced.b === 0 ? null : (
        <p className={`${styles.small} ${styles.cashNote}`}>
          {t('reconciliation.cash.unplaced', { count: unplaced.a + unplaced.b })}
        </p>
      )}
    </>
  );
};

/** Sums of the lines above them. */
const TOTALS: readonly string[] = ['adjusted-bank', 'adjusted-books', 'difference'];

const CashTable = ({ caseId, proof }: { readonly caseId: string; readonly proof: CashProof }) => {
  const { t } = useTranslation();
  const caption = t('reconciliation.cash.of', {
    currency: proof.currency ?? t('money.currencyUnknown'),
    from: proof.from,
    to: proof.to,
  });
  const nameOf = ({ line }: CashProof['lines'][number]): string => t(`reconciliation.cash.lines.${line}`);
  const figure = (line: CashProof['lines'][number], column: (typeof COLUMNS)[number]) => {
    const { amount, rows, set } = line[column];
    const money = <Money amount={amount} />;
    if (set === null) return money;
    const label = [nameOf(line), t(`reconciliation.cash.columns.${column}`)].join(', ');
    return (
      <Link
        className={styles.figureLink}
        to={paths.records(caseId, { reconciliation: set })}
        aria-label={t('reconciliation.cash.opens', { count: rows, label, amount: amount ?? '' })}
      >
        {money}
      </Link>
    );
  };
  const verdicts: readonly (readonly [name: 'across' | 'cross' | 'balances', verdict: boolean | null])[] = [
    ['across', proof.footsAcross],
    ['cross', proof.crossFoots],
    ['balances', proof.balancesAgree],
  ];
  return (
    <div className={styles.cash}>
      <FactTable
        caption={caption}
        rows={proof.lines}
        rowKey={({ line }) => line}
        columns={[
          {
            key: 'line',
            head: t('reconciliation.cash.line'),
            cell: line => <span data-total={TOTALS.includes(line.line)}>{nameOf(line)}</span>,
          },
          ...COLUMNS.map(column => ({
            key: column,
            head: t(`reconciliation.cash.columns.${column}`),
            numeric: true,
            cell: (line: CashProof['lines'][number]) => figure(line, column),
          })),
        ]}
      />
      <div className={styles.cashVerdict}>
        {verdicts.map(([name, verdict]) => (
          <StatusTag key={name} tone={toneOf(verdict)}>
            {t(`reconciliation.cash.${name}.${verdict ?? 'unknown'}` as 'reconciliation.cash.across.true')}
          </StatusTag>
        ))}
        {proof.suggestedRows === 0 ? null : (
          <span className={styles.small}>{t('reconciliation.cash.suggested', { count: proof.suggestedRows })}</span>
        )}
      </div>
    </div>
  );
};
