import type { CivilDay } from '../../../kernel/civil-date.ts';
import type { Decimal } from '../../../kernel/decimal.ts';

/** The formats NEXUS reads, by the names `nexus formats` prints. */
export type FormatName =
  | 'csv'
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'pdf'
  | 'ofx'
  | 'qif'
  | 'mt940'
  | 'mt942'
  | 'camt.052'
  | 'camt.053'
  | 'camt.054'
  | 'pain.001'
  | 'bai2'
  | 'coda'
  | 'norma43'
  | 'nacha'
  | 'fedwire'
  | 'fec'
  | 'sie'
  | 'saft'
  | 'datev-csv'
  | 'xbrl-gl'
  | 'hledger'
  | 'beancount'
  | 'gnucash';

/** Where a record lies in the (decompressed) original: its ordinal as a spreadsheet or reader shows it, and its bytes. */
export interface RecordPlace {
  /** 1-based: the record's row in a table (header lines counted), or the ordinal of the transaction element in the file. */
  readonly row: number;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** A balance as the institution states it. */
export interface StatedBalance {
  readonly amount: Decimal;
  readonly date: CivilDay;
}

/** What the file says of one account's statement (or, for a table, of one account and currency). Null is "not stated". */
export interface StatementHeader {
  readonly accountId: string | null;
  readonly currency: string | null;
  readonly institution: string | null;
  /** The account holder's name, where the file gives it. */
  readonly owner: string | null;
  /** The statement's own number or identification. */
  readonly statementId: string | null;
}

/** Facts that are known once the statement has been read to its end. */
export interface StatementBalances {
  readonly opening: StatedBalance | null;
  readonly closing: StatedBalance | null;
}

/** One transaction as the file states it. Money out of the account is negative. Null is "not stated", never a default. */
export interface ParsedTransaction {
  readonly place: RecordPlace;
  /** Index returned by `StatementSink.statement`. */
  readonly statement: number;
  readonly bookingDate: CivilDay;
  /** UNKNOWN_DAY where the file gives none. */
  readonly valueDate: CivilDay;
  readonly amount: Decimal;
  readonly currency: string | null;
  readonly description: string;
  readonly counterparty: string;
  readonly reference: string;
  readonly type: string;
  /** Counterparty's account (IBAN or other), '' where not given. */
  readonly counterpartyAccount: string;
  /** Category or merchant category code (ISO 18245) as the file states it. */
  readonly category?: string;
  /** Of a ledger line: the general ledger account it is posted to (`512000 Bank`). Debits are positive, credits negative. */
  readonly ledgerAccount?: string;
  /** Of a ledger line: the journal entry or voucher it belongs to. */
  readonly entry?: string;
  /** Who entered the record, as the file names them. */
  readonly poster?: string;
  /** Day on which it was entered into the books, where that is stated beside the booking date. */
  readonly enteredDay?: CivilDay;
  /** Minute of the day (0 to 1439) at which it was entered or booked, as written: no zone is applied. */
  readonly minute?: number;
}

/** A record that could not be read: kept with its place, its raw text and the reason. Never coerced, never dropped. */
export interface RejectedRecord {
  readonly place: RecordPlace;
  readonly reason: string;
  /** The record's raw text, cut to 2,000 characters (the whole stays in the sealed original). */
  readonly raw: string;
}

/** Something the reader of the numbers must know. `row` null concerns the whole file. */
export interface ParseWarning {
  readonly row: number | null;
  readonly code: string;
  readonly message: string;
}

/** Receives what a parser finds, in file order. */
export interface StatementSink {
  /** Opens a statement and returns its index (0, 1, 2 … in file order). */
  statement(header: StatementHeader): number;
  /** States opening and closing balances of a statement; may be called once its transactions were sent. */
  balances(statement: number, balances: StatementBalances): void;
  /** States how many journal entries or vouchers a ledger holds. */
  entries(statement: number, entries: number): void;
  transaction(transaction: ParsedTransaction): void;
  reject(record: RejectedRecord): void;
  warn(warning: ParseWarning): void;
}

/**
 * The whole file cannot be trusted and nothing of it may be used (exit code 3).
 * `code` is stable and lower-case dotted (`file.empty`, `xml.doctype`, `ofx.truncated`, …);
 * `message` names the place and the way out.
 */
export class FileRefused extends Error {
  readonly code: string;
  readonly row: number | null;
  /** What may be answered to an open question, by setting name: `{dateOrder: ['dmy', 'mdy']}`. */
  readonly candidates: Readonly<Record<string, string[]>> | null;
  constructor(
    code: string,
    message: string,
    row: number | null = null,
    candidates: Readonly<Record<string, string[]>> | null = null,
  ) {
    super(message);
    this.name = 'FileRefused';
    this.code = code;
    this.row = row;
    this.candidates = candidates;
  }
}

/** How the file was read, as shown to the examiner and stored with the import. Values are JSON-safe. */
export type Dialect = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | Readonly<Record<string, number>>>
>;

/**
 * A streaming parser. Bytes come in chunks of any size, in order; `end()` completes the file.
 * Throws FileRefused when the file must not be trusted. After a throw the parser is dead.
 */
export interface StatementParser {
  readonly format: FormatName;
  write(chunk: Uint8Array): void;
  /** Completes the file; a document that is read as a whole (PDF, SQLite book) is read here. */
  end(): void | Promise<void>;
  /** The dialect as far as it is known (complete after `end()`). */
  dialect(): Dialect;
  /** The encoding of the file's text. */
  encoding(): string;
}
