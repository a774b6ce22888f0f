import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { currencyStatus } from './values/iso-4217.ts';
import { standardAccount } from './values/standard-account.ts';

export const QUALITY_DIMENSIONS = [
  'completeness',
  'validity',
  'consistency',
  'uniqueness',
  'timeliness',
  'accuracy',
] as const;
export type QualityDimension = (typeof QUALITY_DIMENSIONS)[number];

/** The columns that are judged, of equal length, as ingestion fills them. */
export interface QualityColumns {
  readonly statement: Int32Array;
  readonly bookingDay: Int32Array;
  readonly valueDay: Int32Array;
  readonly amountUnits: Float64Array;
  readonly currency: Int32Array;
  readonly counterparty: Int32Array;
  readonly counterpartyAccount: Int32Array;
  readonly referenceHash: Float64Array;
}

/** What a statement states of itself, and whether its balances add up (null: a balance is not stated). */
export interface QualityStatement {
  readonly from: CivilDay;
  readonly to: CivilDay;
  readonly currency: string | null;
  readonly balanced: boolean | null;
  /** Opens with the closing balance of the statement before it; null where there is none or a balance is not stated. */
  readonly continues: boolean | null;
  /** No gap lies between the statement before it and this one (docs/specs/coverage.md); null where days are not stated. */
  readonly gapless: boolean | null;
}

/** Rows that another stage found, ascending; `total` may exceed the rows that are listed. */
export interface FoundRows {
  readonly total: number;
  readonly rows: Uint32Array;
}

export interface QualityInput {
  readonly rowCount: number;
  readonly columns: QualityColumns;
  /** Text of each currency code. */
  readonly currencies: readonly string[];
  /** Text of each counterparty account code. */
  readonly accounts: readonly string[];
  /** Of each file that carries control totals: whether all of them agree with its records. */
  readonly controlledFiles: readonly boolean[];
  /** Records that could not be read. */
  readonly rejectedCount: number;
  readonly statements: readonly QualityStatement[];
  /** Rows beyond the first of each group of equal records; null where not looked for. */
  readonly exactDuplicates: FoundRows | null;
  /** Rows in at least one proposed near-duplicate pair; null where not looked for. */
  readonly nearDuplicates: FoundRows | null;
  /** Rows that another file, covering the same days, holds too; null where there is one file only. */
  readonly overlapDuplicates: FoundRows | null;
  /** The day of the examination; UNKNOWN_DAY where it is not to be used. */
  readonly examinationDay: CivilDay;
}

/** What a rule counts. `failed` indexes rows (unit `rows`) or statements (unit `statements`), ascending. */
export interface Measurement {
  readonly tested: number;
  readonly failedTotal: number;
  readonly failed: Uint32Array;
}

export interface QualityRule {
  readonly id: string;
  readonly dimension: QualityDimension;
  readonly title: string;
  /** What is counted over what, in words. */
  readonly formula: string;
  /** Share of passed over tested that is expected. */
  readonly threshold: number;
  readonly unit: 'rows' | 'records' | 'statements' | 'files';
  /** Null: the data do not allow the rule to be tested. */
  measure(input: QualityInput): Measurement | null;
}

/** Days that value date and booking date may lie apart before one of them is taken for an error. */
const VALUE_DATE_DISTANCE = 31;
/** Days after the value date within which a booking is timely. */
const BOOKING_LAG = 5;

/** Keeps what fails: every figure opens its rows. Each rule runs its own loop over its columns: a call a row costs ten times as much. */
class FailureTally {
  private failed = new Uint32Array(64);
  private total = 0;
  fail(index: number): void {
    if (this.total === this.failed.length) {
      const larger = new Uint32Array(2 * this.total);
      larger.set(this.failed);
      this.failed = larger;
    }
    this.failed[this.total++] = index;
  }
  /** Null where nothing was tested. */
  outOf(tested: number): Measurement | null {
    return tested === 0 ? null : { tested, failedTotal: this.total, failed: this.failed.slice(0, this.total) };
  }
}

/** Every row is tested; those whose value is the column's mark for unknown fail. */
const knownInColumn = (column: Int32Array | Float64Array, rowCount: number, unknown: number): Measurement | null => {
  const tally = new FailureTally();
  for (let i = 0; i < rowCount; i++) if (column[i] === unknown) tally.fail(i);
  return tally.outOf(rowCount);
};

const foundRows = (rowCount: number, found: FoundRows | null): Measurement | null =>
  found === null || rowCount === 0 ? null : { tested: rowCount, failedTotal: found.total, failed: found.rows };

/** Statements of which a fact is known are tested; those of which it does not hold fail. */
const statementsThat = (
  statements: readonly QualityStatement[],
  holds: (statement: QualityStatement) => boolean | null,
): Measurement | null => {
  const tally = new FailureTally();
  let tested = 0;
  statements.forEach((statement, index) => {
    const held = holds(statement);
    if (held === null) return;
    tested++;
    if (!held) tally.fail(index);
  });
  return tally.outOf(tested);
};

/** The rules, in the order of a report. Thresholds and their reasons: docs/specs/data-quality.md. */
export const QUALITY_RULES: readonly QualityRule[] = [
  {
    id: 'completeness.booking-date',
    dimension: 'completeness',
    title: 'Booking date is given',
    formula: 'rows with a booking date ÷ all rows',
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, columns }) => knownInColumn(columns.bookingDay, rowCount, UNKNOWN_DAY),
  },
  {
    id: 'completeness.amount',
    dimension: 'completeness',
    title: 'Amount is given',
    formula: 'rows with an amount ÷ all rows',
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, columns: { amountUnits } }) => {
      const tally = new FailureTally();
      for (let i = 0; i < rowCount; i++) if (Number.isNaN(amountUnits[i])) tally.fail(i);
      return tally.outOf(rowCount);
    },
  },
  {
    id: 'completeness.currency',
    dimension: 'completeness',
    title: 'Currency is given',
    formula: 'rows with a currency ÷ all rows',
    threshold: 0.99,
    unit: 'rows',
    measure: ({ rowCount, columns }) => knownInColumn(columns.currency, rowCount, UNKNOWN_CODE),
  },
  {
    id: 'completeness.counterparty',
    dimension: 'completeness',
    title: 'Counterparty is given',
    formula: 'rows with a counterparty ÷ all rows',
    threshold: 0.9,
    unit: 'rows',
    measure: ({ rowCount, columns }) => knownInColumn(columns.counterparty, rowCount, UNKNOWN_CODE),
  },
  {
    id: 'completeness.reference',
    dimension: 'completeness',
    title: 'Reference is given',
    formula: 'rows with a reference ÷ all rows',
    threshold: 0.8,
    unit: 'rows',
    measure: ({ rowCount, columns }) => knownInColumn(columns.referenceHash, rowCount, 0),
  },
  {
    id: 'validity.readable-record',
    dimension: 'validity',
    title: 'Record can be read',
    formula: 'records read ÷ (records read + records rejected)',
    threshold: 0.999,
    unit: 'records',
    measure: ({ rowCount, rejectedCount }) =>
      rowCount + rejectedCount === 0
        ? null
        : { tested: rowCount + rejectedCount, failedTotal: rejectedCount, failed: new Uint32Array() },
  },
  {
    id: 'validity.currency-code',
    dimension: 'validity',
    title: 'Currency is a code of ISO 4217',
    formula: 'rows whose currency ISO 4217 knows, in force or withdrawn ÷ rows with a currency',
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, columns: { currency }, currencies }) => {
      const valid = currencies.map(code => currencyStatus(code).status !== 'unknown');
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const code = currency[i] ?? UNKNOWN_CODE;
        if (code === UNKNOWN_CODE) continue;
        tested++;
        if (valid[code] !== true) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'validity.account-check-digits',
    dimension: 'validity',
    title: 'Check digits of the counterparty’s IBAN fit',
    formula: 'rows whose IBAN has the length and check digits of ISO 13616 ÷ rows with an IBAN',
    threshold: 0.999,
    unit: 'rows',
    measure: ({ rowCount, columns: { counterpartyAccount }, accounts }) => {
      const told = accounts.map(standardAccount);
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const account = told[counterpartyAccount[i] ?? UNKNOWN_CODE];
        if (account?.kind !== 'iban') continue;
        tested++;
        if (account.problem !== null) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'validity.amount-not-zero',
    dimension: 'validity',
    title: 'Amount is not zero',
    formula: 'rows whose amount is not zero ÷ rows with an amount',
    threshold: 0.99,
    unit: 'rows',
    measure: ({ rowCount, columns: { amountUnits } }) => {
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const units = amountUnits[i] ?? Number.NaN;
        if (Number.isNaN(units)) continue;
        tested++;
        if (units === 0) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'validity.booking-date-after-1969',
    dimension: 'validity',
    title: 'Booking date is 1970 or later',
    formula: 'rows booked on 1970-01-01 or later ÷ rows with a booking date',
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, columns: { bookingDay } }) => {
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const day = bookingDay[i] ?? UNKNOWN_DAY;
        if (day === UNKNOWN_DAY) continue;
        tested++;
        if (day < 0) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'consistency.value-date',
    dimension: 'consistency',
    title: 'Value date and booking date belong together',
    formula: `rows whose value date lies at most ${VALUE_DATE_DISTANCE} days from the booking date ÷ rows with both dates`,
    threshold: 0.99,
    unit: 'rows',
    measure: ({ rowCount, columns: { bookingDay, valueDay } }) => {
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const booking = bookingDay[i] ?? UNKNOWN_DAY;
        const value = valueDay[i] ?? UNKNOWN_DAY;
        if (booking === UNKNOWN_DAY || value === UNKNOWN_DAY) continue;
        tested++;
        if (Math.abs(booking - value) > VALUE_DATE_DISTANCE) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'consistency.statement-period',
    dimension: 'consistency',
    title: 'Booking date lies in the period of the statement',
    formula: 'rows booked from the first to the last day of their statement ÷ rows of statements that state a period',
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, columns: { bookingDay, statement }, statements }) => {
      const from = statements.map(stated => (stated.to === UNKNOWN_DAY ? UNKNOWN_DAY : stated.from));
      const to = statements.map(stated => stated.to);
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const day = bookingDay[i] ?? UNKNOWN_DAY;
        const ofStatement = statement[i] ?? -1;
        const first = from[ofStatement] ?? UNKNOWN_DAY;
        if (day === UNKNOWN_DAY || first === UNKNOWN_DAY) continue;
        tested++;
        if (day < first || day > (to[ofStatement] ?? UNKNOWN_DAY)) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'consistency.statement-currency',
    dimension: 'consistency',
    title: 'Currency is that of the statement',
    formula: "rows in their statement's currency ÷ rows with a currency in statements that state one",
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, columns: { currency, statement }, currencies, statements }) => {
      const codeOf = statements.map(stated => (stated.currency === null ? null : currencies.indexOf(stated.currency)));
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const code = currency[i] ?? UNKNOWN_CODE;
        const stated = codeOf[statement[i] ?? -1] ?? null;
        if (code === UNKNOWN_CODE || stated === null) continue;
        tested++;
        if (code !== stated) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'uniqueness.exact',
    dimension: 'uniqueness',
    title: 'Record is not repeated exactly',
    formula: 'rows that repeat no earlier record in every column ÷ all rows',
    threshold: 0.999,
    unit: 'rows',
    measure: ({ rowCount, exactDuplicates }) => foundRows(rowCount, exactDuplicates),
  },
  {
    id: 'uniqueness.near',
    dimension: 'uniqueness',
    title: 'Record is in no proposed near-duplicate pair',
    formula: 'rows in no proposed near-duplicate pair ÷ all rows',
    threshold: 0.99,
    unit: 'rows',
    measure: ({ rowCount, nearDuplicates }) => foundRows(rowCount, nearDuplicates),
  },
  {
    id: 'uniqueness.overlap',
    dimension: 'uniqueness',
    title: 'No other file holds the same transaction',
    formula: 'rows that repeat none of another file covering the same days ÷ all rows',
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, overlapDuplicates }) => foundRows(rowCount, overlapDuplicates),
  },
  {
    id: 'timeliness.not-in-future',
    dimension: 'timeliness',
    title: 'Booking date is not after the day of the examination',
    formula: 'rows booked on or before the day of the examination ÷ rows with a booking date',
    threshold: 1,
    unit: 'rows',
    measure: ({ rowCount, columns: { bookingDay }, examinationDay }) => {
      if (examinationDay === UNKNOWN_DAY) return null;
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const day = bookingDay[i] ?? UNKNOWN_DAY;
        if (day === UNKNOWN_DAY) continue;
        tested++;
        if (day > examinationDay) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'timeliness.booking-lag',
    dimension: 'timeliness',
    title: 'Booked soon after the value date',
    formula: `rows booked at most ${BOOKING_LAG} days after the value date ÷ rows with both dates`,
    threshold: 0.95,
    unit: 'rows',
    measure: ({ rowCount, columns: { bookingDay, valueDay } }) => {
      const tally = new FailureTally();
      let tested = 0;
      for (let i = 0; i < rowCount; i++) {
        const booking = bookingDay[i] ?? UNKNOWN_DAY;
        const value = valueDay[i] ?? UNKNOWN_DAY;
        if (booking === UNKNOWN_DAY || value === UNKNOWN_DAY) continue;
        tested++;
        if (booking - value > BOOKING_LAG) tally.fail(i);
      }
      return tally.outOf(tested);
    },
  },
  {
    id: 'accuracy.statement-balance',
    dimension: 'accuracy',
    title: 'Opening balance + money in − money out = closing balance',
    formula: 'statements that add up to the unit ÷ statements that state both balances',
    threshold: 1,
    unit: 'statements',
    measure: ({ statements }) => statementsThat(statements, ({ balanced }) => balanced),
  },
  {
    id: 'accuracy.balance-chain',
    dimension: 'accuracy',
    title: 'Opening balance is the closing balance of the statement before',
    formula: 'statements that open with the balance before them ÷ statements that follow another and state balances',
    threshold: 1,
    unit: 'statements',
    measure: ({ statements }) => statementsThat(statements, ({ continues }) => continues),
  },
  {
    id: 'accuracy.period-gaps',
    dimension: 'accuracy',
    title: 'No days are missing between statements of an account',
    formula:
      'statements that follow the one before without a gap in the days ÷ statements that follow another and state days',
    threshold: 1,
    unit: 'statements',
    measure: ({ statements }) => statementsThat(statements, ({ gapless }) => gapless),
  },
  {
    id: 'accuracy.control-totals',
    dimension: 'accuracy',
    title: 'Control totals of the file agree with its records',
    formula: 'files whose control totals all agree ÷ files that carry control totals',
    threshold: 1,
    unit: 'files',
    measure: ({ controlledFiles }) => {
      const tally = new FailureTally();
      controlledFiles.forEach((agrees, file) => {
        if (!agrees) tally.fail(file);
      });
      return tally.outOf(controlledFiles.length);
    },
  },
];
