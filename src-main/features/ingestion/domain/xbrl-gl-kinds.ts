/** What a line of accounting entries is, where it is no posting. */
export type NotPosting =
  | 'balance of an account'
  | 'period total of an account'
  | 'budget'
  | 'comparative figure'
  | 'simulated, proposed or passed entry'
  | 'master record';

const ENTRY_TYPES: Readonly<Record<string, NotPosting>> = {
  budget: 'budget',
  comparative: 'comparative figure',
  simulated: 'simulated, proposed or passed entry',
  proposed: 'simulated, proposed or passed entry',
  'passed-adjusting': 'simulated, proposed or passed entry',
};

/**
 * Tells postings from what an XBRL GL file holds besides them: null for a posting. By the enumerations of the Global
 * Ledger taxonomy: entriesType (account, balance, entries, journal, ledger, assets, trialbalance, taxtables, other), entryType,
 * qualifierEntry and xbrlInclude. They are compared without regard to case, hyphens and underscores, as versions differ.
 */
export const notPosting = (
  entriesType: string,
  entryType: string,
  qualifier: string,
  include: string,
): NotPosting | null => {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  const included = plain(include);
  const entries = plain(entriesType);
  if (included === 'beginningbalance' || included === 'endingbalance' || plain(qualifier) === 'balancebroughtforward')
    return 'balance of an account';
  if (included === 'periodchange') return 'period total of an account';
  if (entries === 'trialbalance' || entries === 'balance') return 'balance of an account';
  if (entries === 'account' || entries === 'taxtables') return 'master record';
  return ENTRY_TYPES[entryType.toLowerCase()] ?? null;
};
