import type { DecimalSign } from './csv-amount.ts';
import type { ColumnChoices, RoleClaim } from './csv-column-plan.ts';
import type { ColumnProfile } from './csv-column-profile.ts';
import type { DateReading } from './csv-date.ts';
import type { EncodingGuess } from './csv-encoding.ts';
import type { HeaderGuess } from './csv-header-row.ts';
import type { IndicatorReading } from './csv-indicator.ts';
import type { DelimiterGuess } from './csv-layout.ts';
import type { SampleRecord } from './csv-sample.ts';
import type { ParseWarning } from './statement-sink.ts';

/** Something that was found out or stated, with how sure and why. */
export interface Settled<T> {
  readonly value: T;
  /** 0 to 1; 1 for what the examiner stated. */
  readonly confidence: number;
  readonly reason: string;
}

/** Something the file itself cannot settle and the examiner must. */
export interface DialectQuestion {
  /** The override that answers it. */
  readonly key: string;
  readonly candidates: readonly string[];
  /** Why the file is refused until it is answered. */
  readonly code: 'dialect.ambiguous' | 'csv.no-date-column' | 'csv.no-amount-column';
  /** The question in a sentence, the way out included. */
  readonly message: string;
  /** Rows that were not looked at yet may answer it. */
  readonly moreMayTell: boolean;
}

/** How a file is laid out. */
export interface CsvLayout {
  readonly encoding: EncodingGuess;
  readonly delimiter: DelimiterGuess;
  readonly quote: string | null;
  readonly header: HeaderGuess;
  /** Names of the columns; null without a header. */
  readonly names: readonly string[] | null;
  readonly columnCount: number;
  /** Row of the header's first record (1-based), null without one. */
  readonly headerRow: number | null;
  /** First row that may hold data. */
  readonly firstDataRow: number;
  /** Records above the header. */
  readonly preamble: readonly SampleRecord[];
  /** Sample of the data. */
  readonly rows: readonly (readonly string[])[];
}

/** What gives the amounts their sign. */
export type SignRule =
  /** Their own sign. */
  | 'amount'
  /** No sign, or a plus or CR on what comes in: what carries no mark goes out. */
  | 'credit marks'
  /** A column of debit and credit marks. */
  | 'indicator'
  /** Two columns, money out and money in. */
  | 'debit and credit columns';

/** How to read the values of a table. */
export interface CsvDialect extends CsvLayout {
  readonly profiles: readonly ColumnProfile[];
  /** Every part a column could play, as far as its name or its content speaks for it. */
  readonly claims: readonly RoleClaim[];
  readonly choices: ColumnChoices;
  readonly dateOrder: Settled<DateReading>;
  readonly valueDateOrder: Settled<DateReading>;
  readonly decimalSign: Settled<DecimalSign>;
  readonly groupingSign: string | null;
  readonly signs: SignRule;
  readonly indicator: IndicatorReading;
  /** True when values of the debit column are negative already. */
  readonly debitSigned: boolean;
  /** Every amount is turned round: the examiner said that the file writes charges as positive numbers. */
  readonly flipAmount: boolean;
  /** Fees stand beside the amounts and are not part of them. */
  readonly feesApart: boolean;
  /** The table lists postings of a ledger: debits are positive, credits negative. */
  readonly ledger: boolean;
  /** Account, owner and currency as the examiner or the text around the table gives them; null where neither does. */
  readonly account: string | null;
  readonly owner: string | null;
  readonly currency: string | null;
  /** Amounts carry different currency signs from row to row, and no column names the currency. */
  readonly currencyInAmounts: boolean;
  /** Lines that hold nothing but more text for the transaction above them. */
  readonly continued: boolean;
  /** What the reader of the numbers must know of how they were found. */
  readonly remarks: readonly ParseWarning[];
  readonly questions: readonly DialectQuestion[];
}
