import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { Bai2Fields, bai2Amount, bai2Day, readFunds } from './bai2-fields.ts';
import { type Direction, detailName, directionOf } from './bai2-type-codes.ts';

/** A transaction detail (record 16). */
interface Bai2Transaction {
  readonly code: string;
  readonly direction: Direction;
  /** Amount as written, without the sign of its direction: minor units. */
  readonly units: number;
  readonly valueDate: CivilDay;
  readonly bankReference: string;
  readonly customerReference: string;
  readonly description: string;
  readonly counterparty: string;
  readonly counterpartyAccount: string;
  readonly endToEndId: string;
  readonly remarks: readonly Bai2Remark[];
}

export type Bai2Remark = 'funds-type' | 'value-date' | 'distribution' | 'signed-amount' | 'type-code';

const LABEL = /^(EREF|DBNM|CRNM|DACT|CACT): ?(.*)$/;

/** Parts of the text that name their content, as some banks write one to a continuation (`88,CRNM: name`). */
const labelled = (texts: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const text of texts) {
    const match = LABEL.exec(text);
    if (match !== null && !found.has(match[1]!)) found.set(match[1]!, match[2]!.trim());
  }
  return found;
};

/** Where all amounts of a distribution are stated, whether they add up to the transaction. */
const addsUp = (distribution: readonly string[], units: number): boolean => {
  const amounts = distribution.map(text => (text === '' ? 0 : bai2Amount(text)));
  return amounts.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0) === units;
};

/**
 * A record 16: type code, amount, funds type with its fields, bank and customer reference, text to the end. The reason
 * where it is no transaction. The amount is unsigned (the type code gives the direction); one with a minus is taken
 * with it and told.
 */
export const readBai2Transaction = (pieces: readonly string[]): Bai2Transaction | { readonly reason: string } => {
  const fields = new Bai2Fields(pieces);
  const code = fields.next();
  const direction = directionOf(code);
  if (!/^\d{3}$/.test(code)) return { reason: `the type code "${code}" is not one of three digits` };
  if (direction === null)
    return { reason: `type code ${code} moves no money: status, information or a code that BAI2 does not assign` };
  const amountText = fields.next();
  const units = bai2Amount(amountText);
  if (units === null)
    return {
      reason:
        amountText === ''
          ? 'the record states no amount'
          : `the amount "${amountText}" is not a whole number of minor units that can be kept exactly`,
    };
  const remarks: Bai2Remark[] = [];
  if (detailName(code) === null) remarks.push('type-code');
  if (units < 0) remarks.push('signed-amount');
  const funds = readFunds(fields.next(), () => fields.next());
  if (funds === null) remarks.push('funds-type');
  if (funds?.distribution && !addsUp(funds.distribution, units)) remarks.push('distribution');
  const stated = funds?.valueDate ?? '';
  const valueDate = stated === '' ? UNKNOWN_DAY : bai2Day(stated);
  if (valueDate === null) remarks.push('value-date');
  const bankReference = fields.next();
  const customerReference = fields.next();
  const texts = fields.texts();
  const labels = labelled(texts);
  const text = texts.join(' ').replace(/\s+/g, ' ');
  // Where both references are stated the customer's would show nowhere: reference is the bank's.
  const isShown = bankReference === '' || customerReference === '' || text.includes(customerReference);
  const [name, account] = direction === 'credit' ? ['DBNM', 'DACT'] : ['CRNM', 'CACT'];
  return {
    code,
    direction,
    units,
    valueDate: valueDate ?? UNKNOWN_DAY,
    bankReference,
    customerReference,
    description: isShown ? text : `${text} [customer reference ${customerReference}]`.trim(),
    counterparty: labels.get(name!) ?? '',
    counterpartyAccount: labels.get(account!) ?? '',
    endToEndId: labels.get('EREF') ?? '',
    remarks,
  };
};
