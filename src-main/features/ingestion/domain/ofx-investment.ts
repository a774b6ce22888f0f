import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { formatUnits, parseDecimal } from '../../../kernel/decimal.ts';
import { currencyOf, type OfxTransactionFields } from './ofx-transaction.ts';
import { ofxAmount, ofxDay } from './ofx-values.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

/** Investment transactions by element name, with what each does to the cash of the account (OFX 2.3, 13.9.2.4). */
const KINDS = {
  BUYDEBT: 'cash',
  BUYMF: 'cash',
  BUYOPT: 'cash',
  BUYOTHER: 'cash',
  BUYSTOCK: 'cash',
  SELLDEBT: 'cash',
  SELLMF: 'cash',
  SELLOPT: 'cash',
  SELLOTHER: 'cash',
  SELLSTOCK: 'cash',
  INCOME: 'cash',
  REINVEST: 'cash',
  RETOFCAP: 'cash',
  INVEXPENSE: 'cash',
  MARGININTEREST: 'cash',
  JRNLFUND: 'moves cash between sub-accounts of the account',
  JRNLSEC: 'moves securities between sub-accounts of the account',
  TRANSFER: 'moves securities and no cash',
  SPLIT: 'splits a security and moves no cash',
  CLOSUREOPT: 'closes an option position and moves no cash',
} as const;
type InvestmentKind = keyof typeof KINDS;

export const INVESTMENT_TRANSACTIONS: ReadonlySet<string> = new Set(Object.keys(KINDS));
const isKind = (name: string): name is InvestmentKind => INVESTMENT_TRANSACTIONS.has(name);

/** A number without the zeros that some brokers fill it up with; as stated where it is none. */
const plainNumber = (text: string): string => {
  const value = parseDecimal(text);
  return value === null ? text : formatUnits(value.units, value.scale, 0);
};

/** Of what, how many and at what price, as stated: `100 of Name of the security (CUSIP 012345678) at 25.635`. */
const securityText = (fields: OfxTransactionFields, securities: ReadonlyMap<string, string>): string => {
  const id = fields.get('SECID/UNIQUEID');
  const name = securities.get(id) ?? '';
  const identifier = [fields.get('SECID/UNIQUEIDTYPE'), id].filter(Boolean).join(' ');
  const security = name === '' ? identifier : `${name} (${identifier})`;
  const units = plainNumber(fields.first('INVBUY/UNITS', 'INVSELL/UNITS', 'UNITS', 'NEWUNITS'));
  const price = plainNumber(fields.first('INVBUY/UNITPRICE', 'INVSELL/UNITPRICE', 'UNITPRICE'));
  const of = units === '' || security === '' ? [units, security] : [`${units} of ${security}`];
  return [...of, price === '' ? '' : `at ${price}`].filter(Boolean).join(' ');
};

/** What kind within its kind: income DIV, transfer IN, buy to cover. */
const subKind = (fields: OfxTransactionFields): string => {
  const text = fields.first(
    'INCOMETYPE',
    'BUYTYPE',
    'SELLTYPE',
    'OPTBUYTYPE',
    'OPTSELLTYPE',
    'TFERACTION',
    'OPTACTION',
  );
  return /^(?:BUY|SELL)$/.test(text) ? '' : text;
};

/**
 * An investment transaction of `kind` as a movement of the account's cash on its trade date, or the reason why it is none.
 * The sign is TOTAL's own (purchases negative, OFX 2.3, 13.9.2.3). `securities` are names by identifier.
 */
export const readInvestment = (
  kind: string,
  fields: OfxTransactionFields,
  securities: ReadonlyMap<string, string>,
  statement: number,
  statementCurrency: string | null,
  place: RecordPlace,
  tally: WarningTally,
): ParsedTransaction | { readonly reason: string } => {
  for (const name of ['INVTRAN/FITID', 'INVTRAN/DTTRADE', 'INVBUY/TOTAL', 'INVSELL/TOTAL', 'TOTAL'])
    if (fields.isContradicted(name)) return { reason: `${name} is stated twice, differently` };
  const traded = fields.get('INVTRAN/DTTRADE');
  const what = [fields.get('INVTRAN/MEMO'), subKind(fields), securityText(fields, securities)]
    .filter(Boolean)
    .join(' ');
  const effect = isKind(kind) ? KINDS[kind] : 'cash';
  if (effect !== 'cash') {
    tally.note('ofx.no-cash', place.row, `A transaction of kind ${kind} ${effect}: it is kept as a rejected record`);
    return { reason: `${kind} of ${traded.slice(0, 8)} ${effect}${what === '' ? '' : `: ${what}`}` };
  }
  if (traded === '') return { reason: 'there is no trade date (DTTRADE)' };
  const bookingDate = ofxDay(traded);
  if (bookingDate === null) return { reason: `the trade date "${traded}" is not a day of the calendar` };
  const currency = currencyOf(fields, statementCurrency, place.row, tally);
  const total = fields.first('INVBUY/TOTAL', 'INVSELL/TOTAL', 'TOTAL');
  if (total === '') return { reason: 'there is no total (TOTAL)' };
  const amount = ofxAmount(total, currency);
  if ('reason' in amount) return amount;
  if ((kind.startsWith('BUY') && amount.units > 0) || (kind.startsWith('SELL') && amount.units < 0))
    tally.note(
      'ofx.direction',
      place.row,
      `A transaction is of kind ${kind} and its total has the other sign; the total's sign counts`,
    );
  const settled = fields.get('INVTRAN/DTSETTLE');
  return {
    place,
    statement,
    bookingDate,
    valueDate: (settled === '' ? null : ofxDay(settled)) ?? UNKNOWN_DAY,
    amount,
    currency,
    description: what,
    counterparty: '',
    reference: fields.get('INVTRAN/FITID'),
    type: kind,
    counterpartyAccount: '',
  };
};
