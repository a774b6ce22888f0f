import type { ColumnProfile } from './csv-column-profile.ts';
import type { HeaderPart } from './csv-header-lexicon.ts';
import { readIndicators } from './csv-indicator.ts';

export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const isDates = (p: ColumnProfile, least = 0.6): boolean => p.filled > 0 && share(p.dates, p.filled) >= least;
export const isMoney = (p: ColumnProfile, least = 0.6): boolean => p.filled > 0 && share(p.amounts, p.filled) >= least;
export const isText = (p: ColumnProfile): boolean => p.filled > 0 && share(p.texts, p.filled) >= 0.4 && !isDates(p);

/** Columns of few distinct marks that say debit or credit. */
const isIndicator = (p: ColumnProfile, named: boolean): boolean =>
  p.filled > 0 &&
  (readIndicators(p.values) !== null || (p.distinct <= 6 && share(p.indicators, p.filled) >= (named ? 0.5 : 0.8)));

/** Codes of currencies by number (ISO 4217: 978 is the euro): few, of three digits each. */
const isNumericCodes = (p: ColumnProfile): boolean =>
  p.fractions === 0 && p.values.length > 0 && p.values.every(value => /^\d{3}$/.test(value));

/** Whether at least half of what a column holds is known to be a currency. */
export const holdsCurrencies = (p: ColumnProfile): boolean => share(p.currencyCodes, p.filled) >= 0.5;

/**
 * Whether the content of a column lets it play a part at all. An empty column may play any but those of dates, the
 * amount, marks and states, and the currency only where its name says so. `named`: its header names the part, so it may have more unreadable values: they are
 * rejected row by row, not overlooked.
 */
export const fits = (part: HeaderPart, p: ColumnProfile, named: boolean): boolean => {
  const least = named ? 0.3 : 0.6;
  switch (part) {
    case 'bookingDate':
    case 'valueDate':
    case 'entered':
      return isDates(p, least) || (named && p.filled > 0 && share(p.serials, p.filled) >= 0.8);
    case 'amount':
      return isMoney(p, least);
    case 'debit':
    case 'credit':
    case 'balance':
    case 'fee':
      return p.filled === 0 || isMoney(p, least);
    case 'indicator':
      return isIndicator(p, named);
    case 'currency':
      // A column that its name gives the part keeps it whatever words it holds: a currency that nobody recognises is
      // told row by row, and never taken for none.
      return named
        ? !isDates(p) && (!isMoney(p) || isNumericCodes(p))
        : p.filled > 0 && share(p.currencyCodes, p.filled) >= 0.8;
    case 'status':
      return p.filled > 0 && share(p.statuses, p.filled) >= 0.5;
    case 'account':
    case 'counterpartyAccount':
    case 'payerAccount':
    case 'payeeAccount':
      return !isDates(p) && p.fractions === 0 && share(p.currencyCodes, p.filled) < 0.8;
    case 'ledgerAccount':
    case 'entry':
      return !isDates(p) && p.fractions === 0;
    case 'counterparty':
    case 'payer':
    case 'payee':
      return !isDates(p) && share(p.ibans, p.filled) < 0.8 && share(p.fractions, p.filled) < 0.5;
    case 'ledgerAccountName':
    case 'category':
      return !isDates(p) && share(p.fractions, p.filled) < 0.5;
    default:
      return !isDates(p);
  }
};

const percent = (part: number, whole: number): string => `${Math.round(100 * share(part, whole))} %`;

/** What the content of a column says for a part, in words. */
export const contentReason = (part: HeaderPart, p: ColumnProfile): string => {
  if (p.filled === 0) return 'empty in the rows looked at';
  switch (part) {
    case 'bookingDate':
    case 'valueDate':
      return p.dates === 0
        ? `${percent(p.serials, p.filled)} of its values could be a spreadsheet's numbers of days`
        : `${percent(p.dates, p.filled)} of its values are dates`;
    case 'amount':
    case 'debit':
    case 'credit':
    case 'balance':
    case 'fee':
      return `${percent(p.amounts, p.filled)} of its values are amounts`;
    case 'indicator':
      return 'its values are debit/credit marks';
    case 'currency':
      return `${percent(p.currencyCodes, p.filled)} of its values are currencies by code, sign or name`;
    case 'status':
      return 'its values say what is booked and what is not';
    default:
      return `${p.distinct} distinct values in ${p.filled} filled rows`;
  }
};

/** How well the content of a column agrees with a part, 0 to 1: what a name's evidence is worth. */
export const contentShare = (part: HeaderPart, p: ColumnProfile): number => {
  if (p.filled === 0) return 0.8;
  switch (part) {
    case 'bookingDate':
    case 'valueDate':
      return share(p.dates, p.filled);
    case 'amount':
    case 'debit':
    case 'credit':
    case 'balance':
    case 'fee':
      return share(p.amounts, p.filled);
    case 'currency':
      return share(p.currencyCodes, p.filled);
    default:
      return 1;
  }
};
