import type { CivilDay } from '../../../kernel/civil-date.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { type DecimalSign, parseAmount, peelAmount } from './csv-amount.ts';
import { looksLikeAmount, looksLikeDate } from './csv-column-profile.ts';
import { type DateReading, parseDate } from './csv-date.ts';
import { indicatorSign } from './csv-indicator.ts';
import { type LineLabel, leadingLabel } from './csv-line-labels.ts';

/** How dates and amounts of a file are written. */
export interface ValueForms {
  readonly dateOrder: DateReading;
  readonly decimalSign: DecimalSign;
  readonly groupingSign: string | null;
}

/** A line beside the transactions that states a balance or a total. */
export interface BalanceLine {
  readonly label: LineLabel;
  /** The label as the lexicon knows it. */
  readonly name: string;
  /** Null where the line holds no amount, or several that differ. */
  readonly amount: Decimal | null;
  /** Null where the line states no day. */
  readonly day: CivilDay | null;
  /** The label's own cell states the day or an amount. */
  readonly detailed: boolean;
  /** The cell that holds the label. */
  readonly text: string;
}

const DATE_IN_TEXT =
  /\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}|\d{1,2}\.?\s\p{L}{3,12}\.?\s\d{2,4}|\p{L}{3,12}\s\d{1,2},\s\d{4}/u;
const CELL_SEPARATOR = /^[\s:=]*$/;
/** The longest cell that is looked through for a label. */
const MAX_LABEL_CELL = 120;

/**
 * Reads a line as a balance or total: a cell that begins with such a label (in any language of the lexicon), with an
 * amount in it or behind it and perhaps a day. Null for any other line. A text that goes on after the label with
 * words (`Total Energies`) is none. `labelColumn`: the only cell that may hold the label.
 */
export const balanceLine = (
  fields: readonly string[],
  forms: ValueForms,
  labelColumn: number | null = null,
): BalanceLine | null => {
  const cells = fields.map(field => field.trim());
  for (const [index, cell] of cells.entries()) {
    if (labelColumn !== null && index !== labelColumn) continue;
    if (cell === '' || cell.length > MAX_LABEL_CELL || looksLikeDate(cell) || looksLikeAmount(cell)) continue;
    const labelled = leadingLabel(cell);
    // Only the first words of a line label it: what stands in a later column may be anybody's text.
    if (labelled === null) {
      if (/\p{L}{3}/u.test(cell) && !isMark(cell)) return null;
      continue;
    }
    const { label } = labelled;
    const date = DATE_IN_TEXT.exec(labelled.rest);
    const day = date === null ? dayOf(cells, index, forms) : parseDate(date[0], forms.dateOrder);
    const rest = date === null ? labelled.rest : labelled.rest.slice(date.index + date[0].length);
    const words = (date === null ? rest : labelled.rest.slice(0, date.index)).replace(/[\d.,'’\s:=+-]+/g, ' ').trim();
    if (!isFiller(words)) return null;
    const own = CELL_SEPARATOR.test(rest) ? null : amountOf(rest.replace(/^[\s:=]+/, ''), forms);
    return {
      label,
      name: labelled.name,
      amount: own ?? amountAmong(cells, index, forms),
      day,
      detailed: date !== null || own !== null,
      text: cell,
    };
  }
  return null;
};

/** Words between a label and its day or amount that do not make it another text. */
const isFiller = (words: string): boolean =>
  words === '' ||
  /^(?:\p{Sc}|[A-Z]{3}|as of|as at|at|on|of|per|vom|am|zum|der|den|au|le|du|al|del|a|el|dia|em|do|op|per datum|dd|na dzien|ke dni|k|k datu|dne|ekkor|на|за|по|itibariyle|tarihi|pr|in|eur|chf|for period|for the period|s|h|d|c|dr|cr|soll|haben)(?:\s(?:\p{Sc}|[A-Z]{3}))?$/iu.test(
    words,
  );

/** Marks and codes that may stand before a label: currency codes, debit/credit marks, single letters. */
const isMark = (cell: string): boolean => /^[A-Z]{3}$/.test(cell) || indicatorSign(cell) !== 0;

const dayOf = (cells: readonly string[], except: number, forms: ValueForms): CivilDay | null => {
  for (const [index, cell] of cells.entries()) {
    if (index === except || !looksLikeDate(cell)) continue;
    const day = parseDate(cell, forms.dateOrder);
    if (day !== null) return day;
  }
  return null;
};

const amountOf = (text: string, forms: ValueForms): Decimal | null => {
  if (!looksLikeAmount(text)) return null;
  const value = parseAmount(text, forms.decimalSign, forms.groupingSign);
  return value === null ? null : { units: value.units, scale: value.scale };
};

/** The one amount among the cells behind the label, negative where a debit mark stands beside it. */
const amountAmong = (cells: readonly string[], label: number, forms: ValueForms): Decimal | null => {
  let found: Decimal | null = null;
  let debit = false;
  for (const [index, cell] of cells.entries()) {
    if (index <= label || cell === '') continue;
    const amount = looksLikeDate(cell) ? null : amountOf(cell, forms);
    if (amount !== null) {
      // A number without a fraction or a currency beside one that has them is a count or a page.
      if (found !== null && (found.units !== amount.units || found.scale !== amount.scale)) return null;
      found = amount;
      if (peelAmount(cell)?.signed === true) continue;
    } else if (indicatorSign(cell) < 0 && cell.length <= 6) debit = true;
  }
  return found !== null && debit && found.units > 0 ? { units: -found.units, scale: found.scale } : found;
};
