import { useTranslation } from 'react-i18next';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import styles from './TransactionLink.module.css';

interface TransactionLinkProps {
  readonly transaction: TransactionRow;
  readonly onOpen: () => void;
}

/** A transaction in one line; a click opens it with its raw record. */
export const TransactionLink = ({ transaction, onOpen }: TransactionLinkProps) => {
  const { t } = useTranslation();
  return (
    <button type="button" className={styles.link} onClick={onOpen}>
      <span className="nx-number">{transaction.date ?? t('unknown')}</span>
      <span className={styles.party}>{transaction.counterparty || transaction.description || t('record.unnamed')}</span>
      <span className={styles.place}>
        {[t('errors.row', { row: transaction.row }), transaction.reference].filter(part => part !== '').join(' · ')}
      </span>
    </button>
  );
};
