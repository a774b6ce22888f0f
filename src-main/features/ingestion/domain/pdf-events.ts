import type { AssignedMoney } from './pdf-columns.ts';
import type { PdfDate } from './pdf-date.ts';
import type { PdfLabel } from './pdf-labels.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { PdfMoney } from './pdf-money.ts';

/** A line (and those that continue it) read as a transaction, before dates and signs are settled. */
export interface PdfRecord {
  readonly kind: 'record';
  readonly firstRow: number;
  lastRow: number;
  /** Null where the line states none. */
  readonly date: PdfDate | null;
  readonly valueDate: PdfDate | null;
  readonly text: string[];
  readonly reference: string;
  readonly type: string;
  money: PdfMoney | null;
  column: 'debit' | 'credit' | 'amount';
  balance: PdfMoney | null;
  /** A mark of debit or credit on a line below the amount. */
  mark: -1 | 0 | 1;
  readonly section: -1 | 0 | 1;
  raw: string[];
}

/** A line that states a balance or a total. */
export interface PdfStated {
  readonly kind: 'stated';
  readonly row: number;
  readonly label: PdfLabel;
  readonly text: string;
  readonly date: PdfDate | null;
  readonly money: PdfMoney;
  /** The column it stands in, where it stands in one. */
  readonly column: 'debit' | 'credit' | 'amount' | 'balance' | null;
  /** All amounts of the line, by column. */
  readonly assigned: AssignedMoney;
}

export interface PdfUnread {
  readonly kind: 'unread';
  readonly firstRow: number;
  readonly lastRow: number;
  readonly reason: string;
  readonly raw: string;
}

export type PdfEvent = PdfRecord | PdfStated | PdfUnread;

/** One account's part of the document. */
export interface PdfSection {
  /** Account named where the part begins; null for what the whole document says. */
  readonly account: string | null;
  readonly events: PdfEvent[];
  /** Lines that are no part of a transaction. */
  readonly around: PdfLine[];
}
