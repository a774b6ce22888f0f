import type { PdfEvent, PdfRecord, PdfStated } from './pdf-events.ts';
import type { PrintedBalances } from './pdf-signs.ts';

/** The balances before the first and after the last transaction, with the lines that state them. */
export interface ChosenBalances extends PrintedBalances {
  readonly openingLine: PdfStated | null;
  readonly closingLine: PdfStated | null;
}

const isBalance = (event: PdfEvent): event is PdfStated => event.kind === 'stated' && event.label !== 'turnover';

/** Sums that amounts may add up to: with marks and columns already as directions, else as written. */
const movementOf = (records: readonly PdfRecord[]): bigint =>
  records.reduce((total, { money, column, mark }) => {
    const units = BigInt(money!.units);
    return total + (column === 'debit' ? -units : mark < 0 ? -units : units);
  }, 0n);

/**
 * Chooses among the stated balances: labelled ones first; of several the pair that the transactions prove; lines at the
 * turn of a page and balances without more words by their place before the first or behind the last transaction.
 */
export const chooseBalances = (events: readonly PdfEvent[], isCard: boolean): ChosenBalances => {
  const records = events.filter(event => event.kind === 'record');
  const firstRow = records[0]?.firstRow ?? Number.POSITIVE_INFINITY;
  const lastRow = records.at(-1)?.lastRow ?? Number.NEGATIVE_INFINITY;
  const balances = events
    .filter(isBalance)
    .filter(event => event.column !== 'debit' || event.assigned.balance === undefined);
  const openings = balances.filter(event => event.label === 'opening');
  const closings = balances.filter(event => event.label === 'closing');
  const before = balances.filter(
    event => event.row < firstRow && (event.label === 'carried' || event.label === 'dated'),
  );
  const after = balances.filter(event => event.row > lastRow && (event.label === 'carried' || event.label === 'dated'));
  const openingChoices = openings.length > 0 ? openings : before.slice(0, 1);
  const ordered = [...closings.filter(event => event.row > lastRow), ...closings.filter(event => event.row <= lastRow)];
  const closingChoices = ordered.length > 0 ? ordered : records.length === 0 ? before.slice(1, 2) : after.slice(0, 1);
  const moved = movementOf(records);
  for (const opening of openingChoices)
    for (const closing of closingChoices) {
      const difference = BigInt(printed(closing, isCard)) - BigInt(printed(opening, isCard));
      if (difference === moved || difference === -moved) return chosen(opening, closing, isCard);
    }
  return chosen(openingChoices[0] ?? null, closingChoices[0] ?? null, isCard);
};

/** Units of a stated balance in the sense the statement prints balances: on a card CR is the contrary of what is owed. */
const printed = ({ money }: PdfStated, isCard: boolean): number =>
  isCard && money.sign === 'mark' ? -money.units : money.units;

const chosen = (openingLine: PdfStated | null, closingLine: PdfStated | null, isCard: boolean): ChosenBalances => ({
  openingLine,
  closingLine,
  opening: openingLine === null ? null : printed(openingLine, isCard),
  closing: closingLine === null ? null : printed(closingLine, isCard),
});
