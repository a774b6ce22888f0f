import type { TFunction } from 'i18next';
import type { SideChoice, SideOption } from './reconciliation-types.ts';

const SHOWN = 2;

/** A choice of rows in words: `Bank`, `ledger-2024.csv · account 1200`. */
export const sideWords = (t: TFunction, choice: SideChoice, sources: readonly SideOption[]): string => {
  const some = (names: readonly string[]): string =>
    [
      ...names.slice(0, SHOWN),
      ...(names.length > SHOWN ? [t('reconciliation.sides.more', { count: names.length - SHOWN })] : []),
    ].join(', ');
  const parts: string[] = [];
  if (choice.side !== undefined) parts.push(t(`sides.${choice.side}`));
  if (choice.sourceIds !== undefined)
    parts.push(some(choice.sourceIds.map(id => sources.find(source => source.id === id)?.name ?? id)));
  if (choice.accounts !== undefined)
    parts.push(some(choice.accounts.map(account => account || t('reconciliation.sides.noAccount'))));
  if (choice.ledgerAccounts !== undefined)
    parts.push(some(choice.ledgerAccounts.map(account => account || t('reconciliation.sides.noAccount'))));
  return parts.length === 0 ? t('reconciliation.sides.everything') : parts.join(' · ');
};

/** A choice without what says nothing: an empty list chooses no row, so it is no condition. */
export const tidied = ({ side, sourceIds, accounts, ledgerAccounts }: SideChoice): SideChoice => ({
  ...(side === undefined ? {} : { side }),
  ...(sourceIds === undefined || sourceIds.length === 0 ? {} : { sourceIds }),
  ...(accounts === undefined || accounts.length === 0 ? {} : { accounts }),
  ...(ledgerAccounts === undefined || ledgerAccounts.length === 0 ? {} : { ledgerAccounts }),
});
