import type { FormatName } from './statement-sink.ts';

/**
 * The ledger format of an XML file by its root element and what its first part holds, or null where it is none. `rootName`
 * is without its prefix; `text` is the first part from the root element on.
 */
export const xmlLedgerFormat = (
  rootName: string,
  text: string,
): { readonly format: FormatName; readonly reason: string } | null => {
  if (rootName === 'AuditFile') return { format: 'saft', reason: 'XML with the root element AuditFile' };
  if (rootName === 'JPK' && /\bJPK_KR\b|wzor\/2016\/03\/09\/03091/.test(text))
    return { format: 'saft', reason: 'a Polish audit file of accounting books (JPK_KR)' };
  if (
    rootName === 'accountingEntries' ||
    (rootName === 'xbrl' && /<(?:[\w.-]+:)?accountingEntries[\s>]|\/int\/gl\//.test(text))
  )
    return { format: 'xbrl-gl', reason: 'XBRL with accounting entries of the Global Ledger taxonomy' };
  if (rootName === 'gnc-v2') return { format: 'gnucash', reason: 'XML with the root element gnc-v2 of GnuCash' };
  return null;
};
