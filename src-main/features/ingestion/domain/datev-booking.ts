import type { CivilDay } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import { type DatevHeader, documentDate } from './datev-header.ts';
import { parseFecAmount } from './fec-amount.ts';

/** Fields of a booking by their number in the format and the names their column is met under. */
const FIELDS = {
  amount: [1, /^umsatz/],
  side: [2, /^soll/],
  currency: [3, /^(?:wkz|währungskennung)umsatz$|^wkz$/],
  baseAmount: [5, /^basis-?umsatz$/],
  baseCurrency: [6, /^wkzbasis-?umsatz$/],
  account: [7, /^konto$/],
  contraAccount: [8, /^gegenkonto/],
  taxKey: [9, /^bu-?schlüssel$/],
  date: [10, /^belegdatum$/],
  reference: [11, /^belegfeld1$/],
  text: [14, /^buchungstext$/],
  generalReversal: [0, /^generalumkehr/],
} as const satisfies Record<string, readonly [number: number, name: RegExp]>;
type DatevField = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as DatevField[];
/** Fields without which a column record does not tell where things stand. */
const TELLING: readonly DatevField[] = ['amount', 'account', 'contraAccount', 'date'];

/** Where each field stands in a booking record; -1 where it does not. */
export class DatevColumns {
  readonly named: boolean;
  /** Whether the names put a field where the format does not. */
  readonly moved: boolean;
  private readonly indexes: Readonly<Record<DatevField, number>>;

  /** `names` is the second record, or null where the file has no column names: then the format's own order holds. */
  constructor(names: readonly string[] | null) {
    const normal = names?.map(name => name.toLowerCase().replace(/\s/g, '')) ?? [];
    const found = Object.fromEntries(
      NAMES.map(field => [field, normal.findIndex(name => FIELDS[field][1].test(name))]),
    ) as Record<DatevField, number>;
    this.named = TELLING.every(field => found[field] >= 0);
    const standard = Object.fromEntries(NAMES.map(field => [field, FIELDS[field][0] - 1])) as Record<
      DatevField,
      number
    >;
    this.indexes = this.named ? found : { ...standard, generalReversal: found.generalReversal };
    this.moved = this.named && NAMES.some(field => FIELDS[field][0] > 0 && found[field] !== FIELDS[field][0] - 1);
  }

  at(fields: readonly string[], field: DatevField): string {
    const index = this.indexes[field];
    return index < 0 ? '' : (fields[index] ?? '');
  }
}

/** Whether a record is the names of the columns and not a booking: its first field is no amount. */
export const isColumnNames = (fields: readonly string[]): boolean =>
  /[a-zäöü]{3}/i.test(fields[0] ?? '') || fields.some(field => /^(?:gegen)?konto\b/i.test(field));

interface DatevBooking {
  readonly day: CivilDay;
  readonly inPeriod: boolean;
  /** Positive where the account is debited. */
  readonly amount: Decimal;
  readonly standardAmount: boolean;
  readonly currency: string | null;
  /** Whether the amount in foreign currency was left for the one in the books' own. */
  readonly fromBase: boolean;
  /** Whether the side was not stated: the format then takes debit. */
  readonly sideAssumed: boolean;
  readonly negative: boolean;
  readonly isReversal: boolean;
  readonly account: string;
  readonly contraAccount: string;
  readonly taxKey: string;
  readonly reference: string;
  readonly text: string;
}

/** Reads one booking record, or says why it cannot be read. */
export const datevBooking = (
  fields: readonly string[],
  columns: DatevColumns,
  header: DatevHeader,
): DatevBooking | { readonly reason: string } => {
  const at = (field: DatevField): string => columns.at(fields, field);
  const account = at('account');
  if (account === '') return { reason: 'the booking has no account (Konto)' };
  const stated = at('amount');
  const amount = parseFecAmount(stated);
  if (amount === null)
    return {
      reason:
        stated === ''
          ? 'the booking has no amount (Umsatz)'
          : `the amount "${stated}" is no number with a decimal comma`,
    };
  const side = at('side').toUpperCase();
  if (side !== 'S' && side !== 'H' && side !== '')
    return { reason: `the side "${at('side')}" is neither S (Soll) nor H (Haben)` };
  const date = documentDate(at('date'), header);
  if ('reason' in date) return date;
  const base = at('baseAmount') === '' ? null : parseFecAmount(at('baseAmount'));
  if (base === null && at('baseAmount') !== '')
    return { reason: `the base amount (Basisumsatz) "${at('baseAmount')}" is no number with a decimal comma` };
  const foreign = currencyOf(at('currency'));
  const own = currencyOf(at('baseCurrency')) ?? header.currency;
  // A base amount of zero is how programs fill the field where there is none.
  const fromBase = base !== null && base.value.units !== 0 && foreign !== null && foreign !== own;
  const used = fromBase ? base : amount;
  const negated = side === 'H' && used.value.units !== 0;
  const taxKey = at('taxKey');
  return {
    day: date.day,
    inPeriod: date.inPeriod,
    amount: { units: negated ? -used.value.units : used.value.units, scale: used.value.scale },
    standardAmount: used.standard,
    currency: fromBase ? own : (foreign ?? header.currency),
    fromBase,
    sideAssumed: side === '',
    negative: used.value.units < 0,
    isReversal: /^[1G]$/i.test(at('generalReversal')) || /^[2367]\d{1,3}$/.test(taxKey.replace(/^0+(?=\d{2})/, '')),
    account,
    contraAccount: at('contraAccount'),
    taxKey,
    reference: at('reference'),
    text: at('text'),
  };
};

const currencyOf = (text: string): string | null => (isCurrencyCode(text.toUpperCase()) ? text.toUpperCase() : null);
