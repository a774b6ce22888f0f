import { looksLikeAmount, looksLikeDate } from './csv-column-profile.ts';
import { namesAnyRole } from './csv-header-lexicon.ts';
import { usualFieldCount } from './csv-layout.ts';
import { isBlank, type SampleRecord } from './csv-sample.ts';

export interface HeaderGuess {
  /** Index into the sample of the first header record, -1 when there is none. */
  readonly index: number;
  /** Records the header spans. */
  readonly span: number;
  readonly confidence: number;
  readonly reason: string;
}

const isData = (fields: readonly string[]): boolean =>
  fields.some(field => looksLikeDate(field) || looksLikeAmount(field));

/** True for a record with both a date and an amount. */
export const isTransaction = (fields: readonly string[]): boolean =>
  fields.some(looksLikeDate) && fields.some(looksLikeAmount);

const NO_HEADER: HeaderGuess = { index: -1, span: 0, confidence: 0.7, reason: 'no record of names above the data' };
/** Records in which a header is looked for. */
const HEADER_RECORDS = 200;
/** Records with a date or an amount that a preamble may have, before and after a line of names was found. */
const FEW_RECORDS = 2;
const MANY_RECORDS = 12;

/** Finds the header: the record of words right above the data, names of the lexicon counting most. */
export const detectHeader = (records: readonly SampleRecord[]): HeaderGuess => {
  const usual = usualFieldCount(records);
  let best = byNames(records, usual);
  if (best.index < 0) best = byPlace(records, usual);
  return best.index >= 0 && isSecondLine(records, best.index) ? { ...best, span: 2 } : best;
};

const byNames = (records: readonly SampleRecord[], usual: number): HeaderGuess => {
  const first = records.slice(0, HEADER_RECORDS);
  let best = NO_HEADER;
  let bestScore = 0;
  let dataRecords = 0;
  for (const [index, { fields }] of first.entries()) {
    if (isBlank(fields)) continue;
    const named = fields.filter(namesAnyRole).length;
    const filled = fields.filter(field => field.trim() !== '').length;
    const data = fields.filter(field => looksLikeDate(field) || looksLikeAmount(field)).length;
    const wide = fields.length >= Math.min(usual, 2) && (usual < 3 || filled >= Math.min(usual, 3) - 1);
    if (data === 0 && wide && named > 0) {
      const score = named + (fields.length === usual ? 1 : 0) + named / filled - index * 0.01;
      if (score > bestScore && (named >= 2 || fields.length === usual)) {
        bestScore = score;
        best = {
          index,
          span: 1,
          confidence: Math.min(0.99, 0.6 + named * 0.1),
          reason: `${named} of ${filled} cells are known column names`,
        };
      }
    }
    // Names are looked for above the data only: a header found below would turn transactions into preamble. Lines of a
    // name and a value above the header may hold a date or an amount.
    if (data === 0 || fields.length !== usual) continue;
    if (isTransaction(fields) || ++dataRecords > (bestScore === 0 ? FEW_RECORDS : MANY_RECORDS)) break;
  }
  return best;
};

/** Without known names: words only in the first record, or in the one above the first transaction, and data below. */
const byPlace = (records: readonly SampleRecord[], usual: number): HeaderGuess => {
  const index = records.findIndex(record => !isBlank(record.fields));
  const top = records[index];
  const below = records.slice(index + 1, index + 30).filter(record => !isBlank(record.fields));
  if (
    top &&
    below.length > 0 &&
    top.fields.length === usual &&
    !isData(top.fields) &&
    below.filter(record => isData(record.fields)).length > below.length / 2
  )
    return { index, span: 1, confidence: 0.6, reason: 'the first record holds words only, the next ones data' };
  const data = records
    .slice(0, HEADER_RECORDS)
    .findIndex(({ fields }) => fields.length === usual && usual > 2 && isTransaction(fields));
  for (let above = data - 1; above >= 0; above--) {
    const { fields } = records[above]!;
    if (isBlank(fields)) continue;
    const filled = fields.filter(field => field.trim() !== '').length;
    if (fields.length === usual && filled >= Math.max(3, 0.75 * usual) && !isData(fields))
      return { index: above, span: 1, confidence: 0.55, reason: 'a record of words right above the first transaction' };
    return NO_HEADER;
  }
  return NO_HEADER;
};

/** True when the header goes on in the next record. */
const isSecondLine = (records: readonly SampleRecord[], index: number): boolean => {
  const next = records[index + 1];
  const after = records[index + 2];
  return (
    next !== undefined &&
    after !== undefined &&
    !isBlank(next.fields) &&
    next.fields.length === records[index]!.fields.length &&
    !isData(next.fields) &&
    next.fields.filter(namesAnyRole).length >= next.fields.filter(field => field.trim() !== '').length / 2 &&
    next.fields.every(field => field.length < 40) &&
    isData(after.fields)
  );
};
