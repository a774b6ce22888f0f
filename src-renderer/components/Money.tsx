import { useTranslation } from 'react-i18next';
import styles from './Money.module.css';
import { groupedDecimal, signedDecimal, signOf } from './money-text.ts';

interface MoneyProps {
  /** Decimal text as the engine sent it; null is not known. */
  readonly amount: string | null;
  /** ISO 4217 code; null is not known; left out where the column's head says it. */
  readonly currency?: string | null;
  /** Shows a plus on money in, for columns where in and out stand together. */
  readonly signed?: boolean;
}

/** An amount in tabular digits. Unknown is said in words, never shown as 0. */
export const Money = ({ amount, currency, signed = false }: MoneyProps) => {
  const { t } = useTranslation();
  if (amount === null) return <span className={styles.unknown}>{t('money.unknown')}</span>;
  return (
    <span className={`${styles.money} nx-number`} data-sign={signed ? signOf(amount) : undefined}>
      {signed ? signedDecimal(amount) : groupedDecimal(amount)}
      {currency === undefined ? null : (
        <span className={styles.currency}>{currency ?? t('money.currencyUnknown')}</span>
      )}
    </span>
  );
};
