import type { FormatName } from './statement-sink.ts';

/** Formats in which a company states what it booked or ordered: the side a bank's statements are reconciled with. */
const OWN_BOOKS: ReadonlySet<string> = new Set<FormatName>([
  'fec',
  'sie',
  'saft',
  'datev-csv',
  'xbrl-gl',
  'hledger',
  'beancount',
  'gnucash',
  'pain.001',
  'nacha',
  'fedwire',
]);

/** The side of a file nobody has said the side of. */
export const sideOfFormat = (format: string): 'bank' | 'ledger' => (OWN_BOOKS.has(format) ? 'ledger' : 'bank');
