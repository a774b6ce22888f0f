import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Money } from '../../components/Money.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Reconciliation.module.css';
import type { Shown, SideName } from './reconciliation-types.ts';

/** The parts of each side; the last line is the sum of those above it. */
const LINES = ['matched', 'suggested', 'open', 'total'] as const;

interface ProofTableProps {
  readonly caseId: string;
  readonly proof: Shown['proof'];
}

/** For each currency: each side's total is what is matched, suggested and open, to the last minor unit. Every figure opens its rows. */
export const ProofTable = ({ caseId, proof }: ProofTableProps) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('proof.title')} note={t('proof.note')} flush>
      <div className={styles.proofs}>
        {proof.map(line => {
          const currency = line.currency ?? t('money.currencyUnknown');
          const set = (side: SideName, part: string): string => `${side}:${part}:${line.currency ?? ''}`;
          const label = (side: SideName, part: (typeof LINES)[number]): string =>
            [t(`reconciliation.sides.${side}`), t(`proof.${part}`), currency].join(', ');
          const rows = (side: SideName, part: (typeof LINES)[number]) => (
            <CountButton
              count={line[side][part].rows}
              label={label(side, part)}
              to={paths.records(caseId, { reconciliation: set(side, part) })}
            />
          );
          const amount = (side: SideName, part: (typeof LINES)[number]) => {
            const money = <Money amount={line[side][part].amount} />;
            if (line[side][part].rows === 0) return money;
            return (
              <Link
                className={styles.figureLink}
                to={paths.records(caseId, { reconciliation: set(side, part) })}
                aria-label={t('reconciliation.opensRows', {
                  label: label(side, part),
                  amount: line[side][part].amount,
                })}
              >
                {money}
              </Link>
            );
          };
          return (
            <div key={currency} className={styles.proof}>
              <FactTable
                caption={t('proof.of', { currency })}
                rows={LINES}
                rowKey={name => name}
                columns={[
                  { key: 'line', head: currency, cell: name => t(`proof.${name}`) },
                  { key: 'a', head: t('reconciliation.sides.a'), numeric: true, cell: name => amount('a', name) },
                  { key: 'rowsA', head: t('proof.rows'), numeric: true, cell: name => rows('a', name) },
                  { key: 'b', head: t('reconciliation.sides.b'), numeric: true, cell: name => amount('b', name) },
                  { key: 'rowsB', head: t('proof.rows'), numeric: true, cell: name => rows('b', name) },
                ]}
              />
              <div className={styles.verdict}>
                <StatusTag tone={line.foots ? 'good' : 'bad'}>{t(line.foots ? 'proof.yes' : 'proof.no')}</StatusTag>
                <dl className={styles.differences}>
                  {(['difference', 'matchedDifference', 'openDifference'] as const).map(name => (
                    <div key={name}>
                      <dt>{t(`proof.${name}`)}</dt>
                      <dd>
                        <Money amount={line[name]} currency={line.currency} signed />
                      </dd>
                    </div>
                  ))}
                </dl>
              </div>
            </div>
          );
        })}
      </div>
    </Panel>
  );
};

/** Opening + in − out = closing, statement by statement. */
export const BalanceTable = ({ balances }: { readonly balances: Shown['balances'] }) => {
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
export const ChainIssues = ({ issues }: { readonly issues: Shown['chain'] }) => {
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
