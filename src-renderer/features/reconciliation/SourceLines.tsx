import { useTranslation } from 'react-i18next';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { Money } from '../../components/Money.tsx';
import { TransactionLink } from '../records/TransactionLink.tsx';
import styles from './Pairs.module.css';
import type { SideName } from './reconciliation-types.ts';

const SHOWN_LINES = 4;

interface SourceLinesProps {
  readonly caseId: string;
  readonly side: SideName;
  readonly rows: readonly TransactionRow[];
  readonly isChosen: boolean;
  readonly onOpen: (id: number) => void;
}

/** The rows of one side with the lines of their files that they were read from. */
export const SourceLines = ({ caseId, side, rows, isChosen, onOpen }: SourceLinesProps) => {
  const { t } = useTranslation();
  return (
    <section className={styles.source} data-chosen={isChosen} aria-label={t(`reconciliation.sides.${side}`)}>
      <h4>{t(`reconciliation.sides.${side}`)}</h4>
      {rows.length === 0 ? <p className={styles.small}>{t('reconciliation.pairs.noRow')}</p> : null}
      {rows.slice(0, SHOWN_LINES).map(row => (
        <SourceLine key={row.id} caseId={caseId} row={row} onOpen={() => onOpen(row.id)} />
      ))}
      {rows.length > SHOWN_LINES ? (
        <p className={styles.small}>{t('reconciliation.pairs.moreRows', { count: rows.length - SHOWN_LINES })}</p>
      ) : null}
    </section>
  );
};

interface SourceLineProps {
  readonly caseId: string;
  readonly row: TransactionRow;
  readonly onOpen: () => void;
}
const SourceLine = ({ caseId, row, onOpen }: SourceLineProps) => {
  const read = useChannel('transactions.read', { caseId, transactionId: row.id });
  return (
    <div className={styles.line}>
      <span className={styles.lineHead}>
        <TransactionLink transaction={row} onOpen={onOpen} />
        <Money amount={row.amount} currency={row.currency} signed />
      </span>
      {read.data === undefined ? null : (
        <span className={`${styles.raw} nx-mono`} title={read.data.raw.text}>
          {read.data.raw.text}
        </span>
      )}
    </div>
  );
};
