import { type DecimalSign, peelAmount } from './csv-amount.ts';
import { looksLikeAmount } from './csv-column-profile.ts';
import { FileRefused } from './statement-sink.ts';

/** A filled cell at the head of a sheet. */
export interface HeadCell {
  readonly column: number;
  readonly text: string;
  /** The cell holds a number, not text. */
  readonly isNumber: boolean;
}

const DECIMAL_SIGNS: Readonly<Record<string, DecimalSign>> = { '.': '.', point: '.', ',': ',', comma: ',' };

/**
 * The decimal sign of the amounts that a sheet writes as text. Numbers have none of their own: they are then written
 * with the same sign, so that both can stand in one column. Null leaves it to the table reader; throws FileRefused
 * `dialect.ambiguous` where text such as `1.234` stands beside numbers and nothing tells what it means.
 */
export const decimalSignOf = (
  rows: readonly (readonly HeadCell[])[],
  stated: string | undefined,
): DecimalSign | null => {
  const sign = stated === undefined ? undefined : DECIMAL_SIGNS[stated];
  if (sign !== undefined) return sign;
  let fractions = false;
  const columns = new Map<number, ColumnAmounts>();
  for (const row of rows)
    for (const cell of row) {
      const column = columns.get(cell.column) ?? { filled: 0, numbers: 0, signed: [] };
      columns.set(cell.column, column);
      column.filled++;
      fractions ||= cell.isNumber && cell.text.includes('.');
      if (cell.isNumber || looksLikeAmount(cell.text)) column.numbers++;
      if (!cell.isNumber && looksLikeAmount(cell.text)) column.signed.push(cell.text);
    }
  const votes = { '.': 0, ',': 0 };
  let open: string | null = null;
  for (const { filled, numbers, signed } of columns.values())
    if (numbers >= filled / 2)
      for (const text of signed) {
        const vote = signIn(text);
        if (vote === 'open') open ??= text;
        else if (vote !== null) votes[vote]++;
      }
  if (votes[','] + votes['.'] > 0) return votes[','] > votes['.'] ? ',' : '.';
  if (open === null) return '.';
  if (!fractions) return null;
  throw new FileRefused(
    'dialect.ambiguous',
    `the text "${open}" stands beside cells that hold numbers and can be read in several ways: state --set decimalSign=… as one of ., ,.`,
    null,
    { decimalSign: ['.', ','] },
  );
};

interface ColumnAmounts {
  filled: number;
  /** Numbers, and texts that could be amounts. */
  numbers: number;
  /** Those texts. */
  readonly signed: string[];
}

/** The decimal sign that a text must have been written with; `open` for both, null where it has neither. */
const signIn = (text: string): DecimalSign | 'open' | null => {
  const digits = peelAmount(text)?.digits ?? '';
  const points = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (points + commas === 0) return null;
  const sign = points > 0 ? '.' : ',';
  if (points + commas > 1) return sign === '.' ? ',' : '.';
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? 'open' : sign;
};
