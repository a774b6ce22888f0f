import type { CivilDay } from '../../../kernel/civil-date.ts';
import { type Decimal, formatUnits, MAX_SCALE, powerOfTen } from '../../../kernel/decimal.ts';
import type { DecimalSign } from './csv-amount.ts';
import type { DateOrder } from './csv-date.ts';
import { qifAmount } from './qif-amounts.ts';
import type { QifDates } from './qif-dates.ts';
import type { QifRecord } from './qif-records.ts';
import type { WarningTally } from './warning-tally.ts';

/** How dates and amounts of the file are read. */
export interface QifReading {
  readonly dateOrder: DateOrder;
  readonly decimalSign: DecimalSign;
  readonly dates: QifDates;
}

/** A record of an account that is not about investments. */
export interface QifTransaction {
  readonly day: CivilDay;
  readonly amount: Decimal;
  readonly payee: string;
  readonly description: string;
  readonly category: string;
  /** The other account of a transfer (`L[Savings]`), '' where none. */
  readonly transferAccount: string;
  /** Check or reference number (N), '' where N is a word. */
  readonly reference: string;
  /** The word in N, such as DEP, ATM or EFT. */
  readonly type: string;
}

interface Split {
  category: string;
  memo: string;
  amount: string;
  percentage: string;
}

const nano = ({ units, scale }: Decimal): bigint => BigInt(units) * BigInt(powerOfTen(MAX_SCALE - scale));

/** The fields of one record. Null dates and amounts are "not stated". */
class Fields {
  date: string | null = null;
  amount: string | null = null;
  /** U, which holds larger amounts than T could. */
  largeAmount: string | null = null;
  /** A date or amount stands twice, with different values. */
  contradicted = false;
  payee = '';
  memo = '';
  address = '';
  category = '';
  number = '';
  /** In the order written: S begins one; E, $ and % belong to it. */
  readonly splits: Split[] = [];
  /** Letters that are no field of QIF. */
  readonly unknown: string[] = [];

  constructor(lines: readonly string[]) {
    for (const line of lines) this.take(line.charAt(0), line.slice(1).trim());
  }

  private take(letter: string, value: string): void {
    const split = this.splits.at(-1);
    switch (letter) {
      case 'D':
        this.date = this.once(this.date, value);
        break;
      case 'T':
        this.amount = this.once(this.amount, value);
        break;
      case 'U':
        this.largeAmount = this.once(this.largeAmount, value);
        break;
      case 'P':
        this.payee = joined(this.payee, value, ' ');
        break;
      case 'M':
        this.memo = joined(this.memo, value, ' ');
        break;
      case 'A':
        this.address = joined(this.address, value, ', ');
        break;
      case 'L':
        this.category = joined(this.category, value, ' ');
        break;
      case 'N':
        this.number = joined(this.number, value, ' ');
        break;
      case 'S':
        this.splits.push({ category: value, memo: '', amount: '', percentage: '' });
        break;
      case 'E':
        if (split !== undefined) split.memo = value;
        break;
      case '$':
        if (split !== undefined) split.amount = value;
        break;
      case '%':
        if (split !== undefined) split.percentage = value;
        break;
      default:
        if (!NOT_MAPPED.has(letter)) this.unknown.push(letter);
    }
  }

  private once(known: string | null, value: string): string {
    if (known !== null && known !== value) this.contradicted = true;
    return value;
  }
}

/** Fields that say nothing of the transaction: C cleared, F reimbursable, X invoices, K and # internal. */
const NOT_MAPPED = new Set(['C', 'F', 'X', 'K', '#']);

const joined = (known: string, value: string, between: string): string =>
  known === '' || value === '' ? known + value : `${known}${between}${value}`;

const splitText = ({ category, memo, amount, percentage }: Split): string =>
  [category, memo, amount, percentage === '' ? '' : `${percentage.replace(/%$/, '')}%`]
    .filter(part => part !== '')
    .join(' ');

/** Tells where splits with amounts do not add up to the transaction, or cannot be read. */
const checkSplits = (
  splits: readonly Split[],
  amount: Decimal,
  row: number,
  sign: DecimalSign,
  tally: WarningTally,
): void => {
  const amounts = splits.filter(split => split.amount !== '');
  if (amounts.length === 0) return;
  let sum = 0n;
  for (const split of amounts) {
    const value = qifAmount(split.amount, sign);
    if (value === null) {
      tally.note(
        'qif.split-amount',
        row,
        `The amount of a split, "${split.amount}", is no number; the splits of the transaction were not added up`,
      );
      return;
    }
    sum += nano(value);
  }
  if (sum !== nano(amount))
    tally.note(
      'qif.split-sum',
      row,
      `The splits of the transaction at line ${row} add up to ${formatUnits(sum, MAX_SCALE, 2)}, not to its amount ${formatUnits(amount.units, amount.scale)}`,
    );
};

/** A record as a transaction, or the reason why it is none. */
export const readQifTransaction = (
  record: QifRecord,
  reading: QifReading,
  tally: WarningTally,
): QifTransaction | { readonly reason: string } => {
  if (record.end === 'cut') return { reason: 'the file ends within this record: its last line may be cut off' };
  const fields = new Fields(record.lines);
  const { date, splits, category, number, payee } = fields;
  if (fields.contradicted)
    return { reason: 'the record has two different dates or amounts: the end mark ^ of a record is missing' };
  if (date === null || date === '') return { reason: 'the record has no date (D)' };
  const amountText = fields.amount || fields.largeAmount;
  if (amountText === null || amountText === '') return { reason: 'the record has no amount (T or U)' };
  const day = reading.dates.day(date, reading.dateOrder);
  if (day === null) return { reason: `the date "${date}" is not a day of the calendar (order ${reading.dateOrder})` };
  const amount = qifAmount(amountText, reading.decimalSign);
  if (amount === null)
    return { reason: `the amount "${amountText}" is no number with "${reading.decimalSign}" as decimal sign` };
  const large = fields.largeAmount ? qifAmount(fields.largeAmount, reading.decimalSign) : amount;
  if (large === null || nano(large) !== nano(amount))
    return { reason: `the amounts T "${fields.amount ?? ''}" and U "${fields.largeAmount}" contradict each other` };
  if (record.end === 'line')
    tally.note('qif.no-end-mark', record.row, 'A record has no end mark ^ and is read as it stands');
  for (const letter of fields.unknown)
    tally.note('qif.unknown-field', record.row, `A field "${letter}" is not one of QIF and was not read`);
  if (splits.length > 0) checkSplits(splits, amount, record.row, reading.decimalSign, tally);
  const parts = [
    fields.memo || payee,
    fields.address,
    splits.length === 0 ? '' : `[splits: ${splits.map(splitText).join('; ')}]`,
  ];
  return {
    day,
    amount,
    payee,
    description: parts.filter(part => part !== '').join(' '),
    category,
    transferAccount: /^\[([^\]]*)\]/.exec(category)?.[1] ?? '',
    reference: /\d/.test(number) ? number : '',
    type: /\d/.test(number) ? '' : number,
  };
};
