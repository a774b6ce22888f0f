import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import type { TestContext } from '../forensic-test.ts';
import { reportProgress } from '../row-progress.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** Words by which bank files of several languages call currency in notes and coins; `cdpt` and `cwdl` are ISO 20022 codes. */
export const CASH_WORDS =
  'cash,csh,atm,currency deposit,currency withdrawal,cdpt,cwdl,bargeld,bareinzahlung,barauszahlung,bargeldeinzahlung,bargeldauszahlung,barabhebung,geldautomat,espèces,especes,efectivo,contanti,contante,numerário,numerario,dinheiro,kontant,kontanten,kontanter,gotówka,hotovost,készpénz';

/** Words for monetary instruments bought or paid in (31 CFR 1010.415 names them). */
export const INSTRUMENT_WORDS =
  "money order,money orders,cashier's check,cashier's checks,cashiers check,cashier check,cashier's cheque,bank check,bank draft,bank cheque,banker's draft,bankers draft,traveler's check,traveler's checks,travelers check,travelers checks,traveller's cheque,traveller's cheques,travellers cheques,postal order,mandat,giro postal,vaglia";

const normalized = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/** True for texts in which one of the words or phrases stands by itself ("cash" is not in "cashback"). */
export const wordMatcher = (words: readonly string[]): ((text: string) => boolean) => {
  const phrases = words.map(normalized).filter(phrase => phrase.trim() !== '');
  return text => {
    const subject = normalized(text);
    return phrases.some(phrase => subject.includes(phrase));
  };
};

/** What a row says it is. */
export const OTHER_MEANS = 0;
export const CASH = 1;
export const INSTRUMENT = 2;

/** How cash was told from other payments: by the rows, by the examiner's word for all of them, or not at all. */
export type CashSource = 'type' | 'description' | 'declared' | 'none';

export interface PaymentMeans {
  /** OTHER_MEANS, CASH or INSTRUMENT, one a row. */
  readonly of: Uint8Array;
  readonly source: CashSource;
}

const meansOfValues = (
  column: CodedColumn | null,
  isCash: (text: string) => boolean,
  isInstrument: (text: string) => boolean,
): Uint8Array =>
  Uint8Array.from(column?.values ?? [], value =>
    isInstrument(value) ? INSTRUMENT : isCash(value) ? CASH : OTHER_MEANS,
  );

/**
 * Which rows are cash or instruments. Where a type or category of the table says either, types and categories decide; else the
 * descriptions of the `candidates` do. In a table that has none of the three columns nothing is cash: that a payment is one in
 * currency must be said by the records, or by the examiner for `allCash` of them.
 */
export const paymentMeans = (
  table: TransactionTable,
  cashWords: readonly string[],
  instrumentWords: readonly string[],
  candidates: () => Uint8Array,
  allCash: boolean,
  context: TestContext,
): PaymentMeans => {
  const { rowCount, type, category, description } = table;
  const isCash = wordMatcher(cashWords);
  const isInstrument = wordMatcher(instrumentWords);
  const of = new Uint8Array(rowCount);
  const ofType = meansOfValues(type, isCash, isInstrument);
  const ofCategory = meansOfValues(category, isCash, isInstrument);
  const says = (means: number): boolean => ofType.includes(means) || ofCategory.includes(means);
  if (allCash || says(CASH) || says(INSTRUMENT)) {
    for (let row = 0; row < rowCount; row++) {
      reportProgress(context, row, rowCount, 0, 0.2);
      const typeCode = type === null ? UNKNOWN_CODE : type.codes[row]!;
      const means = typeCode < 0 ? OTHER_MEANS : ofType[typeCode]!;
      const categoryCode = category === null ? UNKNOWN_CODE : category.codes[row]!;
      const said = means === OTHER_MEANS && categoryCode >= 0 ? ofCategory[categoryCode]! : means;
      of[row] = said === OTHER_MEANS && allCash ? CASH : said;
    }
    return { of, source: allCash ? 'declared' : 'type' };
  }
  if (description === null) return { of, source: type === null && category === null ? 'none' : 'type' };
  const candidate = candidates();
  for (let row = 0; row < rowCount; row++) {
    reportProgress(context, row, rowCount, 0, 0.3);
    if (candidate[row] === 0) continue;
    const text = description.at(row);
    if (text !== '') of[row] = isInstrument(text) ? INSTRUMENT : isCash(text) ? CASH : OTHER_MEANS;
  }
  return { of, source: 'description' };
};
