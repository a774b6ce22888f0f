import { isDatev } from './datev-signature.ts';
import { isFec } from './fec-signature.ts';
import { isBeancount, isHledger } from './plaintext-signature.ts';
import { isSie } from './sie-signature.ts';
import type { FormatName } from './statement-sink.ts';

/** The ledger format of a text, by its own marks; null for a table and for any other text. */
export const textLedger = (text: string): { readonly format: FormatName; readonly reason: string } | null => {
  if (isFec(text)) return { format: 'fec', reason: 'its first line names the columns of a FEC' };
  if (isDatev(text)) return { format: 'datev-csv', reason: 'begins with a header record of the DATEV-Format' };
  if (isSie(text)) return { format: 'sie', reason: 'begins with items of SIE' };
  if (isBeancount(text)) return { format: 'beancount', reason: 'holds dated directives of Beancount' };
  if (isHledger(text)) return { format: 'hledger', reason: 'holds dated entries with indented postings' };
  return null;
};
