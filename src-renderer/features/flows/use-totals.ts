import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../src-main/contract/graphs.contract.ts';
import { groupedDecimal } from '../../components/money-text.ts';

/** Sums in words, one a currency: “1,200.00 EUR, 300.00 USD”. Nothing is added across currencies. */
export const useTotals = (): ((totals: GraphNode['paid']) => string) => {
  const { t } = useTranslation();
  return totals =>
    totals.length === 0
      ? t('flows.nothing')
      : totals
          .map(({ amount, currency }) => `${groupedDecimal(amount)} ${currency ?? t('money.currencyUnknown')}`)
          .join(', ');
};
